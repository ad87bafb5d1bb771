package io.pidcheck.bot.local.slack;

import io.pidcheck.bot.local.slack.workspace.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/**
 * A Socket Mode connection without an SDK: it keeps every frame, and acknowledges only when told.
 */
final class RawSocket implements WebSocket.Listener {

  private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();

  private WebSocket socket;

  private RawSocket(HttpClient http, URI uri) {
    socket = http.newWebSocketBuilder().buildAsync(uri, this).join();
  }

  static RawSocket connect(Driver driver) {
    RawSocket connection = new RawSocket(HttpClient.newHttpClient(), driver.openConnection());
    Driver.await("hello", () -> !connection.frames.isEmpty());
    return connection;
  }

  List<JsonNode> frames() {
    return frames;
  }

  /** All but hello and disconnect. */
  List<JsonNode> envelopes() {
    return frames.stream().filter(frame -> frame.has("envelope_id")).toList();
  }

  JsonNode awaitEnvelope() {
    Driver.await("an envelope", () -> !envelopes().isEmpty());
    return envelopes().getLast();
  }

  void ack(JsonNode envelope) {
    send(Json.object().put("envelope_id", envelope.path("envelope_id").asString()).toString());
  }

  void ack(JsonNode envelope, String payload) {
    send(
        "{\"envelope_id\":\"%s\",\"payload\":%s}"
            .formatted(envelope.path("envelope_id").asString(), Driver.json(payload)));
  }

  void send(String text) {
    socket.sendText(text, true).join();
  }

  boolean isClosed() {
    return closed.isDone();
  }

  void close() {
    socket.abort();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      frames.add(Json.parse(partial.toString()).orElseThrow());
      partial.setLength(0);
    }
    from.request(1);
    return CompletableFuture.completedStage(true);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    closed.complete(true);
    return CompletableFuture.completedStage(true);
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.complete(true);
  }
}
