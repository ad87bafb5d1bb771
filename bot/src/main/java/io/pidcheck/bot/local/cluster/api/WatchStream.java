package io.pidcheck.bot.local.cluster.api;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends a watch's events to one client, over a WebSocket when it asks for one, else as lines of a
 * chunked response. A client that does not read is cut off, as the real server does.
 */
final class WatchStream {
  private static final int UNREAD_BYTES = 8 * 1024 * 1024;

  private final Vertx vertx;
  private final ObjectStore store;

  WatchStream(Vertx vertx, ObjectStore store) {
    this.vertx = vertx;
    this.store = store;
  }

  /**
   * What is watched.
   *
   * @param since 0: what there is, then every change
   */
  record Subscription(ObjectStore.Scope scope, long since, Optional<Duration> timeout) {}

  /** The connection, whichever of the two it is. */
  private record Line(Consumer<String> send, Runnable close) {}

  void open(HttpServerRequest request, Subscription subscription) {
    if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      request.toWebSocket().onSuccess(socket -> overWebSocket(socket, subscription));
    } else {
      overHttp(request.response(), subscription);
    }
  }

  private void overWebSocket(ServerWebSocket socket, Subscription subscription) {
    socket.setWriteQueueMaxSize(UNREAD_BYTES);
    Line line =
        new Line(
            text -> {
              if (socket.writeQueueFull()) {
                socket.close();
              } else if (!socket.isClosed()) {
                socket.writeTextMessage(text);
              }
            },
            socket::close);
    Runnable stop = start(line, subscription);
    socket.closeHandler(closed -> stop.run());
  }

  private void overHttp(HttpServerResponse response, Subscription subscription) {
    response.setWriteQueueMaxSize(UNREAD_BYTES);
    response.setChunked(true).putHeader("Content-Type", "application/json").writeHead();
    Line line =
        new Line(
            text -> {
              if (response.writeQueueFull()) {
                response.reset();
              } else if (!response.ended() && !response.closed()) {
                response.write(text + "\n");
              }
            },
            () -> {
              if (!response.ended() && !response.closed()) {
                response.end();
              }
            });
    Runnable stop = start(line, subscription);
    response.closeHandler(closed -> stop.run());
    response.endHandler(ended -> stop.run());
  }

  /** Returns what ends the watch when the client goes away. */
  private Runnable start(Line line, Subscription subscription) {
    Context connection = vertx.getOrCreateContext();
    Consumer<ObjectNode> sink =
        event -> {
          String text = event.toString();
          connection.runOnContext(later -> line.send().accept(text));
          if (event.path("type").asString("").equals("ERROR")) {
            connection.runOnContext(later -> line.close().run()); // nothing more comes
          }
        };
    Optional<ObjectStore.Watch> watch =
        store.watch(subscription.scope(), subscription.since(), sink);
    if (watch.isEmpty()) {
      sink.accept(expired(subscription.since()));
      return () -> {};
    }
    Optional<Long> timer =
        subscription
            .timeout()
            .map(after -> vertx.setTimer(after.toMillis(), fired -> line.close().run()));
    return () -> {
      watch.get().stop();
      timer.ifPresent(vertx::cancelTimer);
    };
  }

  /** Every watch has fallen behind what is known of the past. */
  void expireAll() {
    store.forgetHistory(expired(store.version() - 1));
  }

  private ObjectNode expired(long since) {
    Answer gone =
        Answer.refusal(
            410, "Expired", "too old resource version: %d (%d)".formatted(since, store.version()));
    return Change.event("ERROR", gone.body());
  }
}
