package io.pidcheck.bot.bench;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.rig.FullNode;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * How often the probe's pod starts on a node with so many free PIDs: at the first try, at the
 * second, or not. As {@code bot/bench/bench start}, with {@code $ROUNDS} and {@code $FREE}; needs
 * what ExhaustedNodeIT needs, and no standby probe on the node. Each check is asked for with force.
 */
public final class StartBench {

  private static final String NAMESPACE = "pidcheck";
  private static final Duration MOST = Duration.ofMinutes(2);

  private final KubernetesClient admin;
  private final Person person;
  private final String node;

  private StartBench(KubernetesClient admin, Person person) {
    this.admin = admin;
    this.person = person;
    this.node = admin.nodes().list().getItems().getFirst().getMetadata().getName();
  }

  /** How one check ended. */
  private record Round(boolean whole, int jobs, Duration took, String told) {}

  public static void main(String[] arguments) throws IOException {
    int rounds = Integer.parseInt(System.getenv().getOrDefault("ROUNDS", "10"));
    String levels = System.getenv().getOrDefault("FREE", "60 50 40 30 20");
    try (KubernetesClient admin =
            new KubernetesClientBuilder().withConfig(Config.autoConfigure(null)).build();
        RealCluster rig = RealCluster.start(Map.of("PIDCHECK_PROBE_DEADLINE", "60s"))) {
      StartBench bench = new StartBench(admin, rig.person(0));
      System.out.printf(
          "%-6s %8s %8s %8s %12s %12s%n", "free", "first", "second", "not", "median", "slowest");
      for (String free : levels.split(" ", -1)) {
        bench.level(free, rounds);
      }
      System.out.println("load " + Files.readString(Path.of("/proc/loadavg")).strip());
    } finally {
      FullNode.leaveFree("all");
    }
    System.exit(0); // the workspace's threads are no daemons
  }

  private void level(String free, int rounds) {
    List<Round> all = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      FullNode.leaveFree(free);
      all.add(round());
    }
    List<Long> took = all.stream().map(round -> round.took().toMillis()).sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "%-6s %8d %8d %8d %9d ms %9d ms%n",
        free,
        all.stream().filter(round -> round.whole() && round.jobs() == 1).count(),
        all.stream().filter(round -> round.whole() && round.jobs() > 1).count(),
        all.stream().filter(round -> !round.whole()).count(),
        took.get(took.size() / 2),
        took.getLast());
    all.stream()
        .filter(round -> !round.whole())
        .map(round -> "       told: " + round.told())
        .distinct()
        .forEach(System.out::println);
  }

  private Round round() {
    Set<String> jobs = jobs().stream().map(StartBench::name).collect(Collectors.toSet());
    Set<String> messages =
        person.messages().stream().map(StartBench::ts).collect(Collectors.toSet());
    Instant asked = Instant.now();
    person.say("/pidcheck node " + node + " force");
    JsonNode told =
        person.sees(
            "an answer, and all its Jobs told of",
            message -> !messages.contains(ts(message)) && !Person.isReply(message) && ended(jobs),
            MOST);
    Duration took = Duration.between(asked, Instant.now());
    String shown = Person.shown(told);
    int made = (int) jobs().stream().filter(job -> !jobs.contains(name(job))).count();
    return new Round(
        shown.contains("Read at"),
        made,
        took,
        shown.substring(0, Math.min(400, shown.length())).replace('\n', ' '));
  }

  /** Whether there are new ones, and each is told of. */
  private boolean ended(Set<String> before) {
    List<Job> now = jobs().stream().filter(job -> !before.contains(name(job))).toList();
    return !now.isEmpty()
        && now.stream()
            .allMatch(
                job -> job.getMetadata().getAnnotations().containsKey("pidcheck.io/reported"));
  }

  private List<Job> jobs() {
    return admin
        .batch()
        .v1()
        .jobs()
        .inNamespace(NAMESPACE)
        .withLabel("app.kubernetes.io/managed-by", "pidcheck")
        .list()
        .getItems();
  }

  private static String name(Job job) {
    return job.getMetadata().getName();
  }

  private static String ts(JsonNode message) {
    return message.path("ts").asString();
  }
}
