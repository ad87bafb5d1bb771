package io.pidcheck.bot.local.cluster.api;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Sends a container's log, and with {@code follow} what is written until it ends. */
final class LogStream {
  private final Vertx vertx;

  LogStream(Vertx vertx) {
    this.vertx = vertx;
  }

  void send(HttpServerResponse response, ContainerLog log, LogWindow window) {
    response.putHeader("Content-Type", "text/plain");
    response.end(Buffer.buffer(window.of(log.bytes())));
  }

  void follow(HttpServerResponse response, ContainerLog log, LogWindow window) {
    Context connection = vertx.getOrCreateContext();
    response.setChunked(true).putHeader("Content-Type", "text/plain");
    ContainerLog.Follower follower =
        new ContainerLog.Follower() {
          @Override
          public void written(byte[] bytes) {
            connection.runOnContext(later -> write(response, bytes));
          }

          @Override
          public void ended() {
            connection.runOnContext(later -> end(response));
          }
        };
    response.closeHandler(closed -> log.forget(follower));
    // this runs on the connection's context, so what the follower is told comes after it
    write(response, window.of(log.follow(follower)));
  }

  private static void write(HttpServerResponse response, byte[] bytes) {
    if (bytes.length > 0 && !response.ended() && !response.closed()) {
      response.write(Buffer.buffer(bytes));
    }
  }

  private static void end(HttpServerResponse response) {
    if (!response.ended() && !response.closed()) {
      response.end();
    }
  }
}
