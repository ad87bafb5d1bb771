package io.pidcheck.bot.local.slack;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.StaticHandler;

/** The page's own files, from the class path. */
final class PageRoutes {

  private static final String ROOT = "io/pidcheck/bot/local/slack/page";

  // nothing but the page's own scripts may run, and nothing may be fetched from elsewhere
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data: blob:;"
          + " object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

  private PageRoutes() {}

  static void mount(Router router) {
    router
        .get("/*")
        .handler(
            context -> {
              context
                  .response()
                  .putHeader("Content-Security-Policy", POLICY)
                  .putHeader("X-Content-Type-Options", "nosniff")
                  .putHeader("Referrer-Policy", "no-referrer")
                  .putHeader("Cache-Control", "no-cache");
              context.next();
            })
        .handler(StaticHandler.create(ROOT).setCachingEnabled(false).setIncludeHidden(false));
  }
}
