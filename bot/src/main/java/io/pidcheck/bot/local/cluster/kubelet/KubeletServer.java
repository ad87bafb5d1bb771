package io.pidcheck.bot.local.cluster.kubelet;

import io.pidcheck.bot.local.cluster.fault.ClusterFault;
import io.pidcheck.bot.local.cluster.fault.Faults;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/** The kubelet's own port, over HTTPS on 127.0.0.1: what it counts, for whoever has the token. */
public final class KubeletServer implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private final Options options;
  private final Statistics statistics;
  private final byte[] authorization;
  private final HttpServer server;

  /**
   * What it answers with.
   *
   * @param token that a client must present
   */
  public record Options(String token, KeyManagerFactory identity, Faults faults) {}

  private KubeletServer(Options options, Statistics statistics) {
    this.options = options;
    this.statistics = statistics;
    authorization = ("Bearer " + options.token()).getBytes(StandardCharsets.UTF_8);
    X509KeyManager keys = (X509KeyManager) options.identity().getKeyManagers()[0];
    HttpServerOptions https =
        new HttpServerOptions()
            .setHost(LOOPBACK)
            .setPort(0)
            .setSsl(true)
            .setKeyCertOptions(KeyCertOptions.wrap(keys));
    server = vertx.createHttpServer(https).requestHandler(this::handle);
  }

  /** Starts it on a free port. */
  static KubeletServer start(Options options, Statistics statistics) {
    KubeletServer kubelet = new KubeletServer(options, statistics);
    await(kubelet.server.listen());
    return kubelet;
  }

  public int port() {
    return server.actualPort();
  }

  private void handle(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    String given = Objects.requireNonNullElse(request.getHeader("Authorization"), "");
    Optional<ClusterFault.FiguresUnavailable> fault =
        options.faults().inForce(ClusterFault.FiguresUnavailable.class);
    if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization)) {
      response.setStatusCode(401).end("Unauthorized");
    } else if (fault.isPresent()) {
      response.setStatusCode(fault.get().status()).end(fault.get().message());
    } else {
      answer(request.path(), response);
    }
  }

  private void answer(String path, HttpServerResponse response) {
    try {
      switch (path) {
        case "/stats/summary" ->
            response.putHeader("Content-Type", "application/json").end(statistics.summary());
        case "/metrics/cadvisor" ->
            response
                .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .end(statistics.cadvisor());
        case "/healthz" -> response.end("ok");
        default -> response.setStatusCode(404).end("404 page not found");
      }
    } catch (IOException e) {
      response.setStatusCode(500).end(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    await(server.close());
    await(vertx.close());
  }

  private static <T> void await(Future<T> done) {
    try {
      done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the local kubelet's server did not answer in time", e);
    }
  }
}
