package io.pidcheck.bot.local.slack;

import io.pidcheck.bot.local.slack.workspace.Json;
import io.pidcheck.bot.local.slack.workspace.Message;
import io.pidcheck.bot.local.slack.workspace.Workspace;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** /archives/CHANNEL/pTS, Slack's form of a link to a message, leads to the page at that place. */
final class Permalinks {

  /** Digits of the counter in a ts, which the link's form leaves the dot out before. */
  private static final int COUNTER_DIGITS = 6;

  private final Workspace workspace;

  Permalinks(Workspace workspace) {
    this.workspace = workspace;
  }

  void mount(Router router) {
    router.get("/archives/:channel/:message").handler(this::follow);
  }

  private void follow(RoutingContext context) {
    String channel = context.pathParam("channel");
    Optional<Message> message = workspace.message(channel, ts(context.pathParam("message")));
    if (message.isEmpty()) {
      Guards.answer(context, 404, Json.refusal("message_not_found"));
      return;
    }
    // the page's address is #/user/channel/thread; without a user it keeps the one who acts
    String thread = message.get().threadTs().orElse(message.get().ts());
    context
        .response()
        .setStatusCode(302)
        .putHeader("Location", "/#//" + channel + "/" + thread)
        .end();
  }

  private static String ts(String link) {
    int dot = link.length() - COUNTER_DIGITS;
    return link.startsWith("p") && dot > 1
        ? link.substring(1, dot) + "." + link.substring(dot)
        : "";
  }
}
