package io.pidcheck.bot.local.slack.socket;

import io.pidcheck.bot.local.slack.workspace.Directory;
import io.pidcheck.bot.local.slack.workspace.Ids;
import io.pidcheck.bot.local.slack.workspace.Json;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The server's side of Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode
 *
 * <p>Confined to the server's event loop, as the workspace is.
 */
public final class SocketMode {

  static final int MAX_CONNECTIONS = 10;
  static final Duration TICKET_LIFETIME = Duration.ofSeconds(30);
  static final Duration ACK_LIMIT = Duration.ofSeconds(3);

  /** How long a connection lives on after it was told to be replaced. */
  static final Duration REFRESH_GRACE = Duration.ofSeconds(10);

  private static final class Connection {
    final ServerWebSocket socket;
    Optional<Instant> closesAt = Optional.empty();

    Connection(ServerWebSocket socket) {
      this.socket = socket;
    }

    // the TCP connection goes away, with no closing frame before: as when a network breaks
    void cut() {
      if (socket instanceof WebSocketInternal internal) {
        var _ = internal.channelHandlerContext().channel().close();
      } else {
        socket.close();
      }
    }

    void send(ObjectNode frame) {
      socket.writeTextMessage(frame.toString());
    }
  }

  private record Pending(Promise<Ack> promise, Instant deadline) {}

  private record Later(Instant at, Runnable task) {}

  private final Clock clock;
  private final Consumer<Boolean> onConnected;
  private final Map<String, Instant> tickets = new HashMap<>();
  private final List<Connection> connections = new ArrayList<>();
  private final Map<String, Pending> pending = new HashMap<>();
  private final List<Later> later = new ArrayList<>();
  private boolean refusing;
  private int turn;

  /**
   * @param onConnected hears whether there is a connection, whenever that changes
   */
  public SocketMode(Clock clock, Consumer<Boolean> onConnected) {
    this.clock = clock;
    this.onConnected = onConnected;
  }

  /** A ticket that opens one connection, once, soon. */
  public String newTicket() {
    String ticket = UUID.randomUUID().toString();
    tickets.put(ticket, clock.instant().plus(TICKET_LIFETIME));
    return ticket;
  }

  /** Uses a ticket up; false when it is not good, or connections are refused just now. */
  public boolean admits(String ticket) {
    Instant expiry = tickets.remove(ticket);
    return !refusing && expiry != null && clock.instant().isBefore(expiry);
  }

  /** Takes up a connection that was admitted. */
  public void connected(ServerWebSocket socket) {
    Connection connection = new Connection(socket);
    socket.textMessageHandler(this::received);
    socket.closeHandler(closed -> disconnected(connection));
    socket.exceptionHandler(failure -> socket.close());
    if (connections.size() >= MAX_CONNECTIONS) {
      connection.send(disconnect("too_many_websockets"));
      socket.close();
      return;
    }
    connections.add(connection);
    connection.send(hello());
    if (connections.size() == 1) {
      onConnected.accept(true);
    }
  }

  public boolean isConnected() {
    return !connections.isEmpty();
  }

  public boolean isRefusing() {
    return refusing;
  }

  /** Sends a payload over one of the connections; never fails, the failure is an {@link Ack}. */
  public Future<Ack> deliver(Envelope envelope) {
    if (connections.isEmpty()) {
      return Future.succeededFuture(Ack.NOT_CONNECTED);
    }
    String id = UUID.randomUUID().toString();
    Promise<Ack> promise = Promise.promise();
    pending.put(id, new Pending(promise, clock.instant().plus(ACK_LIMIT)));
    next().send(envelope.json(id));
    return promise.future();
  }

  void later(Duration delay, Runnable task) {
    later.add(new Later(clock.instant().plus(delay), task));
  }

  // in turn, so that with several connections each gets some: Slack promises no order at all
  private Connection next() {
    List<Connection> staying = connections.stream().filter(c -> c.closesAt.isEmpty()).toList();
    List<Connection> candidates = staying.isEmpty() ? connections : staying;
    turn++;
    return candidates.get(Math.floorMod(turn, candidates.size()));
  }

  private void received(String text) {
    Optional<JsonNode> frame = Json.parse(text);
    Optional<String> id = frame.flatMap(json -> Json.string(json, "envelope_id"));
    Optional<Pending> waiting = id.flatMap(i -> Optional.ofNullable(pending.remove(i)));
    Optional<ObjectNode> payload =
        frame.map(json -> json.path("payload")).filter(JsonNode::isObject).map(JsonNode::asObject);
    waiting.ifPresent(w -> w.promise().complete(new Ack.Taken(payload)));
  }

  private void disconnected(Connection connection) {
    if (connections.remove(connection) && connections.isEmpty()) {
      onConnected.accept(false);
    }
  }

  /** Does what is due by now; to be called every few milliseconds. */
  public void sweep() {
    Instant now = clock.instant();
    tickets.values().removeIf(expiry -> !now.isBefore(expiry));
    timeOut(now);
    for (Later due : later.stream().filter(l -> !now.isBefore(l.at())).toList()) {
      later.remove(due);
      due.task().run();
    }
    for (Connection connection : List.copyOf(connections)) {
      if (connection.closesAt.filter(at -> !now.isBefore(at)).isPresent()) {
        connection.socket.close();
      }
    }
  }

  private void timeOut(Instant now) {
    for (Map.Entry<String, Pending> entry : List.copyOf(pending.entrySet())) {
      if (!now.isBefore(entry.getValue().deadline())) {
        pending.remove(entry.getKey());
        entry.getValue().promise().complete(Ack.TIMED_OUT);
      }
    }
  }

  /** Keeps idle connections alive and finds dead ones. */
  public void ping() {
    connections.forEach(c -> c.socket.writePing(Buffer.buffer("ping")));
  }

  /** Cuts every connection, without a word. */
  public void drop() {
    List.copyOf(connections).forEach(connection -> connection.cut());
  }

  /** Cuts every connection and lets none in until {@link #accept()}. */
  public void refuse() {
    refusing = true;
    drop();
  }

  public void accept() {
    refusing = false;
  }

  /** Tells every connection that it will be replaced soon. */
  public void warn() {
    connections.forEach(connection -> connection.send(disconnect("warning")));
  }

  /** Tells every connection to be replaced now; each is closed a little later. */
  public void refresh() {
    for (Connection connection : connections) {
      connection.closesAt = Optional.of(clock.instant().plus(REFRESH_GRACE));
      connection.send(disconnect("refresh_requested"));
    }
  }

  private ObjectNode hello() {
    ObjectNode hello =
        Json.object().put("type", "hello").put("num_connections", connections.size());
    hello.set(
        "debug_info", debug().put("build_number", 1).put("approximate_connection_time", 18060));
    hello.putObject("connection_info").put("app_id", Directory.APP_ID);
    return hello;
  }

  private static ObjectNode disconnect(String reason) {
    ObjectNode frame = Json.object().put("type", "disconnect").put("reason", reason);
    frame.set("debug_info", debug());
    return frame;
  }

  private static ObjectNode debug() {
    return Json.object().put("host", "applink-local-" + Ids.text(5));
  }
}
