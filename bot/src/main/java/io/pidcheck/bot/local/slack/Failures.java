package io.pidcheck.bot.local.slack;

import io.pidcheck.bot.local.slack.workspace.Json;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what went wrong without showing how: no stack trace leaves the server. */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  static void mount(Router router) {
    router.errorHandler(400, context -> answer(context, 400, "bad_request"));
    router.errorHandler(404, context -> answer(context, 404, "not_found"));
    router.errorHandler(405, context -> answer(context, 405, "method_not_allowed"));
    router.errorHandler(413, context -> answer(context, 413, "request_too_large"));
    router.errorHandler(500, Failures::bug);
  }

  private static void bug(RoutingContext context) {
    LOG.error("A request failed: {}", context.request().path(), context.failure());
    answer(context, 500, "internal_error");
  }

  private static void answer(RoutingContext context, int status, String error) {
    Guards.answer(context, status, Json.refusal(error));
  }
}
