package io.pidcheck.bot.local.slack.socket;

import io.pidcheck.bot.local.slack.workspace.Json;
import tools.jackson.databind.node.ObjectNode;

/** What is sent to the bot: https://docs.slack.dev/apis/events-api/using-socket-mode */
public record Envelope(
    String type, boolean acceptsResponsePayload, ObjectNode payload, int retryAttempt) {

  public static Envelope slashCommand(ObjectNode payload) {
    return new Envelope("slash_commands", true, payload, 0);
  }

  /** A click: it can be acknowledged, but not answered with content. */
  public static Envelope blockActions(ObjectNode payload) {
    return new Envelope("interactive", false, payload, 0);
  }

  /** A submitted or closed modal. */
  public static Envelope view(ObjectNode payload, boolean acceptsResponsePayload) {
    return new Envelope("interactive", acceptsResponsePayload, payload, 0);
  }

  /**
   * @param retryAttempt 0 for the first time
   */
  static Envelope event(ObjectNode payload, int retryAttempt) {
    return new Envelope("events_api", false, payload, retryAttempt);
  }

  ObjectNode json(String id) {
    ObjectNode json =
        Json.object()
            .put("envelope_id", id)
            .put("type", type)
            .put("accepts_response_payload", acceptsResponsePayload);
    if (type.equals("events_api")) {
      json.put("retry_attempt", retryAttempt)
          .put("retry_reason", retryAttempt == 0 ? "" : "timeout");
    }
    json.set("payload", payload);
    return json;
  }
}
