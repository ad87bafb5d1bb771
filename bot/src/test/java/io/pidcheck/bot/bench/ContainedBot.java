package io.pidcheck.bot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bot as a process of its own, with the JVM's options of its image and as much memory as its
 * Deployment gives it.
 */
final class ContainedBot implements AutoCloseable {

  private static final Path DIST = Path.of("src/main/dist");
  private static final Path DEPLOYMENT = Path.of("../deploy/base/deployment.yaml");
  private static final Pattern LIMIT = Pattern.compile("limits: \\{memory: (\\d+)Mi}");
  private static final Pattern LIVE = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
  private static final Path JDK = Path.of(System.getProperty("java.home"), "bin");

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port = freePort();
  private final Process process;

  private ContainedBot(Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                JDK.resolve("java").toString(),
                "@" + DIST.resolve("jvm.args"),
                "-XX:MaxRAM=" + memoryMib() + "m",
                "-Dsun.awt.fontconfig=" + DIST.resolve("fontconfig.properties").toAbsolutePath(),
                "-cp",
                System.getProperty("pidcheck.classpath", System.getProperty("java.class.path")),
                "io.pidcheck.bot.Main",
                "serve")
            .redirectErrorStream(true)
            .redirectOutput(Files.createTempFile("bot-", ".log").toFile());
    builder.environment().putAll(environment);
    builder.environment().put("PIDCHECK_HTTP_PORT", Integer.toString(port));
    process = builder.start();
  }

  static ContainedBot start(Map<String, String> environment) throws IOException {
    return new ContainedBot(environment);
  }

  /** Of the container, of which the JVM's options give the heap a part. */
  static int memoryMib() throws IOException {
    Matcher limit = LIMIT.matcher(Files.readString(DEPLOYMENT));
    if (!limit.find()) {
      throw new IllegalStateException("no limit of memory in " + DEPLOYMENT);
    }
    return Integer.parseInt(limit.group(1));
  }

  boolean ready() {
    return get("/readyz").map(answer -> answer.statusCode() == 200).orElse(false);
  }

  /** A figure of /metrics. */
  double figure(String name) {
    return get("/metrics").stream()
        .flatMap(answer -> answer.body().lines())
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  /** What lives on its heap: jcmd has all garbage collected before it counts. */
  double liveHeapMib() throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                JDK.resolve("jcmd").toString(), Long.toString(process.pid()), "GC.class_histogram")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jcmd.waitFor();
    Matcher live = LIVE.matcher(histogram);
    return live.find() ? Long.parseLong(live.group(1)) / (double) (1 << 20) : Double.NaN;
  }

  /** The most memory that the process ever had. */
  double peakMib() throws IOException {
    return status("VmHWM") / 1024.0;
  }

  private long status(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  boolean alive() {
    return process.isAlive();
  }

  private Optional<HttpResponse<String>> get(String path) {
    if (!alive()) {
      throw new IllegalStateException("the bot has ended with " + process.exitValue());
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    try {
      return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty(); // it does not listen yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    http.shutdownNow();
  }
}
