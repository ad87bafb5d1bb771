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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * {@code /pidcheck nodes} over many simulated kubelets: FleetBench [kubelets] [hanging in percent].
 * As {@code bot/bench/bench fleet}. The kubelets are a process of their own, {@link FleetServer},
 * over real HTTPS with a full handshake each; bodies as large as a node of 110 pods gives, which a
 * reader has to stop in time. Both ends share the cores: a handshake costs each some milliseconds.
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
      System.out.printf(
          "%-24s %8s %8s %9s %13s %9s%n",
          "", "wall s", "told", "not told", "most sockets", "heap MiB");
      Survey direct = new Survey(kubelets, node -> Optional.empty(), Duration.ofSeconds(8));
      for (int round = 1; round <= 2; round++) {
        ask("nobody heard before, " + round, direct, fleet);
      }
      Map<String, NodeReading> heard = rounds(kubelets, fleet);
      Survey.Known known = node -> Optional.ofNullable(heard.get(node));
      ask("after the bot's round", new Survey(kubelets, known, Duration.ofSeconds(8)), fleet);
    }
    System.out.println(
        "cores "
            + Runtime.getRuntime().availableProcessors()
            + ", load "
            + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
            + ", cpu of this process "
            + cpu().toMillis()
            + " ms");
    Files.deleteIfExists(ca);
  }

  private static void ask(String what, Survey survey, List<KubeletAddress> fleet) {
    Sockets sockets = new Sockets();
    Thread counting = Thread.ofPlatform().daemon().start(sockets);
    Instant began = Instant.now();
    List<NodeReading> readings = survey.of(fleet);
    Duration took = Duration.between(began, Instant.now());
    counting.interrupt();
    long told = readings.stream().filter(it -> it.count().told().isPresent()).count();
    System.out.printf(
        "%-24s %8.1f %8d %9d %13d %9d%n",
        what, took.toMillis() / 1000.0, told, fleet.size() - told, sockets.most, heapMib());
  }

  /** A round as PidPoll makes them where somebody watches: every kubelet once in a minute. */
  private static Map<String, NodeReading> rounds(Kubelets kubelets, List<KubeletAddress> fleet) {
    Map<String, NodeReading> heard = new ConcurrentHashMap<>();
    Instant began = Instant.now();
    Duration cpu = cpu();
    try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < fleet.size(); i++) {
        KubeletAddress kubelet = fleet.get(i);
        askers.execute(
            () -> {
              NodeReading reading = new NodeReading(kubelet.node(), kubelets.tasks(kubelet));
              reading.count().told().ifPresent(told -> heard.put(kubelet.node(), reading));
            });
        Instant next =
            began.plus(Duration.ofMinutes(1).multipliedBy(i + 1).dividedBy(fleet.size()));
        LockSupport.parkNanos(Duration.between(Instant.now(), next).toNanos());
      }
    }
    System.out.printf(
        "%-24s %8.1f %8d %9d   cpu of the bot's end: %.1f s%n",
        "the bot's own round",
        Duration.between(began, Instant.now()).toMillis() / 1000.0,
        heard.size(),
        fleet.size() - heard.size(),
        cpu().minus(cpu).toMillis() / 1000.0);
    return heard;
  }

  private static Duration cpu() {
    return Duration.ofNanos(
        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime());
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
