package io.pidcheck.bot.local.slack.blockkit;

import io.pidcheck.bot.local.slack.workspace.Ids;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills in what Slack fills in: ids that were left out, and the defaults of text objects. */
public final class Completion {

  private Completion() {}

  /** Completes blocks in place. */
  public static void complete(JsonNode blocks) {
    for (JsonNode block : blocks) {
      if (block instanceof ObjectNode object) {
        fill(object, "block_id");
        actionId(object.path("element"));
        actionId(object.path("accessory"));
        if (!object.path("type").asString("").equals("rich_text")) {
          object.path("elements").forEach(Completion::actionId);
          texts(object);
        }
      }
    }
  }

  private static void actionId(JsonNode element) {
    boolean isText =
        element.path("text").isString() || element.path("type").asString("").equals("image");
    if (!isText && element instanceof ObjectNode object) {
      fill(object, "action_id");
    }
  }

  private static void fill(ObjectNode object, String field) {
    if (object.path(field).asString("").isEmpty()) {
      object.put(field, Ids.text(5));
    }
  }

  private static void texts(JsonNode node) {
    if (node instanceof ObjectNode text && text.path("text").isString()) {
      switch (text.path("type").asString("")) {
        case "plain_text" -> text.putIfAbsent("emoji", BooleanNode.TRUE);
        case "mrkdwn" -> text.putIfAbsent("verbatim", BooleanNode.FALSE);
        default -> {}
      }
    }
    node.valueStream().forEach(Completion::texts);
  }
}
