package io.pidcheck.bot.local.slack;

import io.pidcheck.bot.local.slack.workspace.Json;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The parts of the control API that were handed in. */
final class ActionRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(ActionRoutes.class);

  private final Vertx vertx;
  private final Map<String, ControlAction> actions;

  ActionRoutes(Vertx vertx, Map<String, ControlAction> actions) {
    this.vertx = vertx;
    this.actions = actions;
  }

  void mount(Router router) {
    actions.forEach(
        (path, action) ->
            router
                .post("/control/" + path)
                .handler(
                    c -> ControlRoutes.withBody(c, (context, body) -> run(context, action, body))));
  }

  // an action may wait for a cluster: never on the event loop
  private void run(RoutingContext context, ControlAction action, ObjectNode body) {
    Promise<JsonNode> answer = Promise.promise();
    Thread.ofVirtual()
        .name("control-action")
        .start(
            () -> {
              try {
                answer.complete(action.run(body));
              } catch (Throwable failure) { // or the caller would wait for ever
                LOG.warn("A control action failed", failure);
                answer.complete(Json.refusal("action_failed"));
              }
            });
    answer
        .future()
        .onSuccess(
            json ->
                vertx.runOnContext(
                    now ->
                        Guards.answer(
                            context, 200, json.isObject() ? json.asObject() : Json.done())));
  }
}
