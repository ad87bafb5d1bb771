package io.pidcheck.bot.local.slack.socket;

import io.pidcheck.bot.local.slack.workspace.Json;
import tools.jackson.databind.node.ObjectNode;

/** What is sent to the bot: https://docs.slack.dev/apis/events-api/using-socket-mode */
public record Envelope(String type, boolean acceptsResponsePayload, ObjectNode payload) {

  public static Envelope slashCommand(ObjectNode payload) {
    return new Envelope("slash_commands", true, payload);
  }

  /** A click: it can be acknowledged, but not answered with content. */
  public static Envelope blockActions(ObjectNode payload) {
    return new Envelope("interactive", false, payload);
  }

  /** A submitted or closed modal. */
  public static Envelope view(ObjectNode payload, boolean acceptsResponsePayload) {
    return new Envelope("interactive", acceptsResponsePayload, payload);
  }

  public static Envelope event(ObjectNode payload) {
    return new Envelope("events_api", false, payload);
  }

  ObjectNode json(String id) {
    ObjectNode json =
        Json.object()
            .put("envelope_id", id)
            .put("type", type)
            .put("accepts_response_payload", acceptsResponsePayload);
    json.set("payload", payload);
    return json;
  }
}
