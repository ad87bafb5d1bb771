package io.pidcheck.bot.local.slack;

import io.pidcheck.bot.local.slack.api.Answer;
import io.pidcheck.bot.local.slack.api.Arguments;
import io.pidcheck.bot.local.slack.api.Faults;
import io.pidcheck.bot.local.slack.api.ResponseUrlAnswers;
import io.pidcheck.bot.local.slack.api.WebApi;
import io.pidcheck.bot.local.slack.workspace.Json;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What the bot calls over HTTP: the Web API and the response URLs. */
final class WebApiRoutes {

  private final Vertx vertx;
  private final WebApi api;
  private final Faults faults;
  private final ResponseUrlAnswers answers;

  WebApiRoutes(Vertx vertx, WebApi api, Faults faults, ResponseUrlAnswers answers) {
    this.vertx = vertx;
    this.api = api;
    this.faults = faults;
    this.answers = answers;
  }

  void mount(Router router) {
    router.route("/api/:method").handler(Bodies.small()).handler(this::call);
    router.post("/actions/:team/:id").handler(Bodies.small()).handler(this::answer);
  }

  private void call(RoutingContext context) {
    String method = context.pathParam("method");
    Duration delay = faults.delay(method);
    if (delay.isZero()) {
      callNow(context, method);
      return;
    }
    vertx.setTimer(delay.toMillis(), timer -> callNow(context, method));
  }

  private void callNow(RoutingContext context, String method) {
    Optional<ObjectNode> body = arguments(context);
    if (body.isEmpty()) {
      write(context, Answer.refused("invalid_json"));
      return;
    }
    ObjectNode values = body.get();
    // https://docs.slack.dev/authentication: in the header or the body; never in the query
    Optional<String> token = bearer(context).or(() -> Json.string(values, "token"));
    context
        .queryParams()
        .forEach((name, value) -> values.putIfAbsent(name, StringNode.valueOf(value)));
    values.remove("token");
    write(context, api.call(method, new Arguments(values), token));
  }

  private void answer(RoutingContext context) {
    Optional<ObjectNode> body = arguments(context);
    if (body.isEmpty()) {
      write(context, new Answer.Broken(400, "invalid_payload"));
      return;
    }
    write(context, answers.post(context.pathParam("id"), new Arguments(body.get())));
  }

  /** Form or JSON; empty when the JSON is none. */
  private static Optional<ObjectNode> arguments(RoutingContext context) {
    String type = Optional.ofNullable(context.request().getHeader("Content-Type")).orElse("");
    if (type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      return Optional.ofNullable(context.body().asString())
          .flatMap(Json::parse)
          .filter(JsonNode::isObject)
          .map(JsonNode::asObject);
    }
    ObjectNode values = Json.object();
    context.request().formAttributes().forEach((name, value) -> values.put(name, value));
    return Optional.of(values);
  }

  private static Optional<String> bearer(RoutingContext context) {
    return Optional.ofNullable(context.request().getHeader("Authorization"))
        .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(header -> header.substring(7).strip());
  }

  private static void write(RoutingContext context, Answer answer) {
    switch (answer) {
      case Answer.Done done -> Guards.answer(context, 200, done.body());
      case Answer.Refused refused -> Guards.answer(context, 200, refused.body());
      case Answer.Broken broken ->
          Guards.answer(context, broken.httpStatus(), Json.refusal(broken.error()));
      case Answer.RateLimited limited -> {
        context.response().putHeader("Retry-After", Long.toString(limited.retryAfterSeconds()));
        Guards.answer(context, 429, Json.refusal("ratelimited"));
      }
    }
  }
}
