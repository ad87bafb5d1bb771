package io.pidcheck.bot.local.slack;

import io.pidcheck.bot.local.slack.workspace.FileShelf;
import io.pidcheck.bot.local.slack.workspace.Json;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Request bodies, bounded. */
final class Bodies {

  static final int MAX_BYTES = 1024 * 1024;

  private Bodies() {}

  static BodyHandler small() {
    return BodyHandler.create(false).setBodyLimit(MAX_BYTES);
  }

  static BodyHandler upload() {
    return BodyHandler.create(false).setBodyLimit(FileShelf.MAX_FILE_BYTES);
  }

  /** The JSON object of the body; an empty one for an empty body; empty when it is neither. */
  static Optional<ObjectNode> json(RoutingContext context) {
    String body = Optional.ofNullable(context.body().asString()).orElse("");
    if (body.isBlank()) {
      return Optional.of(Json.object());
    }
    return Json.parse(body).filter(JsonNode::isObject).map(JsonNode::asObject);
  }
}
