package io.pidcheck.bot.bench;

import com.sun.management.OperatingSystemMXBean;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.cluster.kubelet.KubeletAccess;
import io.pidcheck.bot.cluster.kubelet.KubeletAccess.Via;
import io.pidcheck.bot.cluster.kubelet.KubeletAddress;
import io.pidcheck.bot.cluster.kubelet.Kubelets;
import io.pidcheck.bot.cluster.kubelet.NodeReading;
import io.pidcheck.bot.cluster.kubelet.Survey;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * {@code /pidcheck nodes} over many simulated kubelets: FleetBench [kubelets] [hanging in percent].
 * By hand: {@code java -cp <test class path> io.pidcheck.bot.bench.FleetBench 5000 1}. The kubelets
 * are a process of their own, {@link FleetServer}, over real HTTPS with a full handshake each;
 * bodies as large as a node of 110 pods gives, which a reader has to stop in time.
 */
public final class FleetBench {

  private FleetBench() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int kubelets = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5_000;
    int hanging = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
    Process fleet =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("pidcheck.classpath", System.getProperty("java.class.path")),
                FleetServer.class.getName(),
                Integer.toString(kubelets),
                Integer.toString(hanging))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = fleet.inputReader()) {
      Path ca = Path.of(out.readLine());
      List<String> ports = List.of(out.readLine().split(" ", -1));
      measure(ports, ca);
    } finally {
      fleet.destroyForcibly().waitFor();
    }
  }

  private static void measure(List<String> ports, Path ca) throws IOException {
    int count = ports.size();
    List<KubeletAddress> fleet =
        IntStream.range(0, count)
            .mapToObj(
                i -> new KubeletAddress("node-" + i, "127.0.0.1", Integer.parseInt(ports.get(i))))
            .toList();
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("https://127.0.0.1:1")
            .withOauthToken("token")
            .build();
    KubeletAccess access =
        new KubeletAccess(
            Via.DIRECT,
            Optional.of(ca),
            Duration.ofSeconds(2),
            Integer.getInteger("connections", 100));
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      Kubelets kubelets = new Kubelets(client, access, Clock.systemUTC());
      Survey survey = new Survey(kubelets, Duration.ofSeconds(8));
      System.out.printf(
          "%-8s %10s %10s %12s %14s %12s%n",
          "round", "wall s", "told", "not told", "most sockets", "heap MiB");
      for (int round = 1; round <= 3; round++) {
        Sockets sockets = new Sockets();
        Thread counting = Thread.ofPlatform().daemon().start(sockets);
        Instant began = Instant.now();
        List<NodeReading> readings = survey.of(fleet);
        Duration took = Duration.between(began, Instant.now());
        counting.interrupt();
        long told = readings.stream().filter(it -> it.count().told().isPresent()).count();
        System.out.printf(
            "%-8d %10.1f %10d %12d %14d %12d%n",
            round, took.toMillis() / 1000.0, told, count - told, sockets.most, heapMib());
      }
    }
    System.out.println(
        "cores "
            + Runtime.getRuntime().availableProcessors()
            + ", load "
            + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
            + ", cpu of this process "
            + Duration.ofNanos(
                    ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime())
                .toMillis()
            + " ms");
    Files.deleteIfExists(ca);
  }

  private static long heapMib() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
  }

  /** Counts this process's sockets while a survey runs. */
  private static final class Sockets implements Runnable {
    private volatile long most;

    @Override
    public void run() {
      try {
        while (!Thread.interrupted()) {
          try (var all = Files.list(Path.of("/proc/self/fd"))) {
            most = Math.max(most, all.filter(Sockets::isSocket).count());
          }
          Thread.sleep(50);
        }
      } catch (IOException | InterruptedException e) {
        return;
      }
    }

    private static boolean isSocket(Path fd) {
      try {
        return Files.readSymbolicLink(fd).toString().startsWith("socket:");
      } catch (IOException e) {
        return false;
      }
    }
  }
}
