package io.pidcheck.bot.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * {@code /healthz}: the process serves; {@code /readyz}: it can do its work, or a line for each
 * thing that it lacks; {@code /metrics}: Prometheus text. Nothing there is secret, and nothing can
 * be changed there.
 */
public final class HealthServer implements AutoCloseable {

  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final int BACKLOG = 16;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<Condition> conditions;

  private HealthServer(int port, List<Condition> conditions) throws IOException {
    this.conditions = List.copyOf(conditions);
    server = HttpServer.create(new InetSocketAddress(port), BACKLOG);
    server.setExecutor(threads);
    server.createContext("/healthz", exchange -> answer(exchange, new Page(PLAIN, "ok\n", true)));
    server.createContext("/readyz", exchange -> answer(exchange, ready()));
    server.createContext(
        "/metrics", exchange -> answer(exchange, new Page(PROMETHEUS, registry.scrape(), true)));
  }

  /**
   * Begins to serve.
   *
   * @param port 0 for any that is free
   * @throws IOException when the port cannot be had
   */
  public static HealthServer start(int port, List<Condition> conditions) throws IOException {
    HealthServer health = new HealthServer(port, conditions);
    Metrics.addRegistry(health.registry);
    health.server.start();
    return health;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Has a figure shown as it is when somebody looks. */
  public void gauge(String name, String description, Supplier<Number> figure) {
    io.micrometer.core.instrument.Gauge.builder(name, figure)
        .description(description)
        .register(registry);
  }

  private record Page(String type, String text, boolean good) {}

  private Page ready() {
    StringBuilder lines = new StringBuilder();
    boolean good = true;
    for (Condition condition : conditions) {
      Optional<String> trouble = condition.trouble().get();
      good &= trouble.isEmpty();
      lines.append(condition.name()).append(": ").append(trouble.orElse("ok")).append('\n');
    }
    return new Page(PLAIN, lines.toString(), good);
  }

  private static void answer(HttpExchange exchange, Page page) throws IOException {
    try (exchange) {
      byte[] body = page.text().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", page.type());
      exchange.sendResponseHeaders(
          page.good() ? HttpURLConnection.HTTP_OK : HttpURLConnection.HTTP_UNAVAILABLE,
          body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    Metrics.removeRegistry(registry);
    server.stop(0);
    threads.shutdownNow();
    registry.close();
  }
}
