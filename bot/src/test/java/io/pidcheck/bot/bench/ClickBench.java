package io.pidcheck.bot.bench;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * From the command in Slack to the first figures and to the whole answer, against a person who does
 * the same with kubectl: ask the kubelet; create the very same Job, wait for it, read its log.
 * ClickBench [pairs], as {@code bot/bench/bench click}; needs what the cluster tests need, see the
 * README. Pairs take turns, so that both meet the same cluster.
 */
public final class ClickBench {

  private static final String NAMESPACE = "pidcheck";
  private static final String KUBECTL = System.getenv().getOrDefault("KUBECTL", "kubectl");

  private final KubernetesClient admin;
  private final Person person;
  private final String node;

  private ClickBench(KubernetesClient admin, Person person) {
    this.admin = admin;
    this.person = person;
    this.node = admin.nodes().list().getItems().getFirst().getMetadata().getName();
  }

  /** One measurement, in milliseconds. */
  private record Times(long first, long whole) {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    try (KubernetesClient admin =
            new KubernetesClientBuilder().withConfig(Config.autoConfigure(null)).build();
        RealCluster rig = RealCluster.start(Map.of("PIDCHECK_WATCH_CHANNEL", ""))) {
      ClickBench bench = new ClickBench(admin, rig.person(0));
      bench.bot(); // both warm: the bot's classes, kubectl's cache of the API
      bench.kubectl(0);
      List<Times> bot = new ArrayList<>();
      List<Times> kubectl = new ArrayList<>();
      System.out.printf(
          "%-6s %14s %14s %8s %14s %14s %8s%n",
          "pair", "first: bot", "kubectl", "ratio", "whole: bot", "kubectl", "ratio");
      for (int pair = 1; pair <= pairs; pair++) {
        bot.add(bench.bot());
        kubectl.add(bench.kubectl(pair));
        line(Integer.toString(pair), bot.getLast(), kubectl.getLast());
      }
      line("median", median(bot), median(kubectl));
      System.out.println("load " + Files.readString(Path.of("/proc/loadavg")).strip());
    }
    System.exit(0); // the workspace's threads are no daemons
  }

  private static void line(String name, Times bot, Times kubectl) {
    System.out.printf(
        Locale.ROOT,
        "%-6s %11d ms %11d ms %8.2f %11d ms %11d ms %8.2f%n",
        name,
        bot.first(),
        kubectl.first(),
        (double) bot.first() / kubectl.first(),
        bot.whole(),
        kubectl.whole(),
        (double) bot.whole() / kubectl.whole());
  }

  private static Times median(List<Times> times) {
    List<Times> byFirst = times.stream().sorted(Comparator.comparingLong(Times::first)).toList();
    List<Times> byWhole = times.stream().sorted(Comparator.comparingLong(Times::whole)).toList();
    return new Times(byFirst.get(times.size() / 2).first(), byWhole.get(times.size() / 2).whole());
  }

  private Times bot() {
    Set<String> before =
        person.messages().stream().map(ClickBench::ts).collect(Collectors.toUnmodifiableSet());
    Instant asked = Instant.now();
    person.say("/pidcheck node " + node);
    person.sees(
        "first figures", it -> !before.contains(ts(it)) && Person.shown(it).contains(" of 4,096"));
    long first = since(asked);
    person.sees(
        "the whole answer", it -> !before.contains(ts(it)) && Person.shown(it).contains("Read at"));
    return new Times(first, since(asked));
  }

  private Times kubectl(int pair) throws IOException, InterruptedException {
    Path file = Files.createTempFile("job-", ".json");
    String name = "by-hand-" + pair + "-" + System.currentTimeMillis();
    Files.writeString(file, Serialization.asJson(sameJob(name)));
    Instant asked = Instant.now();
    run("get", "--raw", "/api/v1/nodes/" + node + "/proxy/stats/summary");
    long first = since(asked);
    Instant created = Instant.now();
    run("-n", NAMESPACE, "create", "-f", file.toString());
    run("-n", NAMESPACE, "wait", "--for=condition=complete", "--timeout=60s", "job/" + name);
    run("-n", NAMESPACE, "logs", "job/" + name);
    long whole = since(created);
    run("-n", NAMESPACE, "delete", "--wait=false", "job/" + name);
    Files.delete(file);
    return new Times(first, whole);
  }

  /** What the bot last started, under another name and without anybody who waits. */
  private Job sameJob(String name) {
    Job last =
        admin.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems().stream()
            .filter(job -> job.getMetadata().getName().startsWith("pidcheck-"))
            .max(Comparator.comparing(job -> job.getMetadata().getCreationTimestamp()))
            .orElseThrow();
    Job job =
        new JobBuilder()
            .withNewMetadata()
            .withName(name)
            .endMetadata()
            .withSpec(last.getSpec())
            .editSpec()
            .withSelector(null)
            .endSpec()
            .build();
    job.getSpec()
        .getTemplate()
        .getMetadata()
        .setLabels(Map.of()); // else the bot takes it for its own
    return job;
  }

  private static void run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(KUBECTL));
    command.addAll(List.of(arguments));
    int code =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    if (code != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + code);
    }
  }

  private static String ts(JsonNode message) {
    return message.path("ts").asString();
  }

  private static long since(Instant start) {
    return Duration.between(start, Instant.now()).toMillis();
  }
}
