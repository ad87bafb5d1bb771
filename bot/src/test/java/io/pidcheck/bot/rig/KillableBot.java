package io.pidcheck.bot.rig;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One replica as a process of its own, as {@code serve} starts it, that can be killed at the n-th
 * change it makes in Slack or the cluster: the change is done, and the process never learns of it.
 */
public final class KillableBot implements AutoCloseable {

  private static final int NOT_KILLED = 0;

  private final Line line = new Line(Line.Cut.AFTER, this::kill);
  private final AtomicLong killedAt = new AtomicLong(NOT_KILLED);
  private final LocalProcess process;
  private final int port;

  private KillableBot(Rig rig, Map<String, String> settings) throws IOException {
    port = freePort();
    Map<String, String> environment = new HashMap<>(rig.environment());
    environment.putAll(settings);
    environment.put("PIDCHECK_HTTP_PORT", Integer.toString(port));
    environment.put("KUBECONFIG", through(line, rig.cluster().kubeconfig()).toString());
    environment.computeIfPresent(
        "PIDCHECK_SLACK_API_URL", (key, slack) -> line.to(URI.create(slack)).toString());
    process = LocalProcess.start(environment, "serve");
  }

  public static KillableBot start(Rig rig, Map<String, String> settings) {
    try {
      return new KillableBot(rig, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same cluster, through that line. */
  public static Path through(Line line, Path kubeconfig) throws IOException {
    String server = Config.fromKubeconfig(kubeconfig.toFile()).getMasterUrl().replaceAll("/$", "");
    Path changed = Files.createTempFile("line-", ".kubeconfig");
    changed.toFile().deleteOnExit();
    return Files.writeString(
        changed,
        Files.readString(kubeconfig).replace(server, line.to(URI.create(server)).toString()));
  }

  /** From now on, the n-th change is its last. */
  public void killAt(int n) {
    line.cutAt(n);
  }

  /** SIGKILL, now. */
  public void kill() {
    process.kill();
    killedAt.compareAndSet(NOT_KILLED, System.nanoTime());
  }

  public boolean killed() {
    return killedAt.get() != NOT_KILLED;
  }

  /** {@link System#nanoTime} of its end. */
  public long killedAt() {
    return killedAt.get();
  }

  /** By its own word: connected to Slack, to the API server, and watching. */
  public boolean ready() {
    URI ready = URI.create("http://127.0.0.1:" + port + "/readyz");
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false; // it does not listen yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Override
  public void close() {
    line.close();
    process.kill();
  }
}
