package io.pidcheck.bot.local.slack.socket;

import io.pidcheck.bot.local.slack.workspace.Directory;
import io.pidcheck.bot.local.slack.workspace.Ids;
import io.pidcheck.bot.local.slack.workspace.Json;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events of the Events API. They, and only they, are sent again when they are not acknowledged: at
 * once, after a minute and after five, https://docs.slack.dev/apis/events-api
 */
public final class EventDelivery {

  private static final List<Duration> RETRIES =
      List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(5));

  private final SocketMode socket;

  public EventDelivery(SocketMode socket) {
    this.socket = socket;
  }

  /**
   * Sends an event and returns its id.
   *
   * @param event the inner event, with its type
   */
  public String send(ObjectNode event) {
    String id = Ids.of("Ev");
    ObjectNode payload =
        Json.object()
            .put("token", "local-verification-token")
            .put("team_id", Directory.TEAM_ID)
            .put("api_app_id", Directory.APP_ID)
            .put("type", "event_callback")
            .put("event_id", id)
            .put("is_ext_shared_channel", false);
    payload.set("event", event);
    payload
        .putArray("authorizations")
        .addObject()
        .put("team_id", Directory.TEAM_ID)
        .put("user_id", Directory.BOT.id())
        .put("is_bot", true)
        .put("is_enterprise_install", false);
    send(payload, 0);
    return id;
  }

  private void send(ObjectNode payload, int attempt) {
    socket
        .deliver(Envelope.event(payload, attempt))
        .onSuccess(
            ack -> {
              if (ack instanceof Ack.Failed && attempt < RETRIES.size()) {
                socket.later(RETRIES.get(attempt), () -> send(payload, attempt + 1));
              }
            });
  }
}
