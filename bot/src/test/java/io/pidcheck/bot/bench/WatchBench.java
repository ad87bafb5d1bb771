package io.pidcheck.bot.bench;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.bench.SlackCalls.Call;
import io.pidcheck.bot.rig.ManyNodes;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * The watch over a big cluster: WatchBench [nodes] [restarts in one minute]. As {@code
 * bot/bench/bench watch}. The workspace and the API server run here; the bot is a process of its
 * own, with the memory of its container. Nodes and pods are objects of real size with no machine
 * behind them; their kubelets are not asked.
 */
public final class WatchBench {

  private static final String SEEN = "\"uid\":\"";
  private static final String INCIDENT = "\"node\":\"";
  private static final Pattern SUMMARY = Pattern.compile("([\\d,]+) nodes are in trouble");
  private static final Duration MOST = Duration.ofMinutes(8);

  private final int nodes;
  private final int restarts;
  private final Rig rig;
  private final KubernetesClient kubernetes;
  private final SlackCalls slack;
  private final Person reader;

  private WatchBench(int nodes, int restarts, Rig rig) throws IOException {
    this.nodes = nodes;
    this.restarts = restarts;
    this.rig = rig;
    this.kubernetes = rig.kubernetes();
    this.slack =
        SlackCalls.before(
            URI.create(Objects.requireNonNull(rig.environment().get("PIDCHECK_SLACK_API_URL"))));
    this.reader = rig.person(0);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int nodes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5_000;
    int restarts = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000;
    try (Rig rig = Rig.start(List.of("/bin/false"))) {
      new WatchBench(nodes, restarts, rig).run();
    }
    System.exit(0);
  }

  private void run() throws IOException, InterruptedException {
    long began = System.nanoTime();
    ManyNodes fleet = ManyNodes.ofRealSize(kubernetes, nodes);
    say("objects of %d nodes made in", nodes, since(began));
    Map<String, String> environment = new HashMap<>(rig.environment());
    environment.put("PIDCHECK_SLACK_API_URL", slack.address());
    environment.put("PIDCHECK_WATCH_CHANNEL", "C0ALERTS");
    environment.put("PIDCHECK_KUBELET_VIA", "off");
    long started = System.nanoTime();
    try (ContainedBot bot = ContainedBot.start(environment)) {
      until("ready", bot::ready);
      say("start to ready, s", since(started));
      until("all pods remembered", () -> count(SEEN) >= nodes);
      say("start to all pods written down, s", since(started));
      memory(bot);
      restart(bot, fleet);
      memory(bot);
    }
    say("load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    slack.close();
    kubernetes.close();
  }

  private void memory(ContainedBot bot) throws IOException, InterruptedException {
    say("heap after GC, MiB", bot.liveHeapMib());
    say("most memory of the process so far, MiB of %d", ContainedBot.memoryMib(), bot.peakMib());
  }

  private void restart(ContainedBot bot, ManyNodes fleet) {
    long began = System.nanoTime();
    for (int n = 0; n < restarts; n++) {
      fleet.restartOne(n);
      long next = began + TimeUnit.MINUTES.toNanos(1) * (n + 1) / restarts;
      LockSupport.parkNanos(next - System.nanoTime());
    }
    say("%d restarts took, s", restarts, since(began));
    until("all incidents written down", () -> count(INCIDENT) >= restarts);
    say("first restart to the last one written down, s", since(began));
    until("all told", () -> told() >= restarts);
    say("first restart to all told in the channel, s", since(began));
    say("nodes told", told());
    say("incidents written down", count(INCIDENT));
    say("waiting, by /metrics", bot.figure("pidcheck_announcements_waiting"));
    say("messages in the channel", reader.messages().size());
    say("replies in threads", reader.replies().size());
    calls(slack.since(began));
  }

  /** The summary counts its nodes; those from before it have a message each. */
  private int told() {
    int told = 0;
    for (JsonNode message : reader.messages()) {
      Matcher summary = SUMMARY.matcher(message.path("text").asString(""));
      told += summary.matches() ? Integer.parseInt(summary.group(1).replace(",", "")) : 1;
    }
    return told;
  }

  private void calls(List<Call> calls) {
    System.out.printf("%-28s %6s %6s %16s%n", "calls to Slack", "all", "429", "most in a minute");
    calls.stream()
        .map(Call::method)
        .distinct()
        .sorted()
        .forEach(
            method -> {
              List<Call> these =
                  calls.stream().filter(call -> call.method().equals(method)).toList();
              long refused = these.stream().filter(call -> call.code() == 429).count();
              System.out.printf(
                  "%-28s %6d %6d %16d%n", method, these.size(), refused, mostInAMinute(these));
            });
  }

  private static long mostInAMinute(List<Call> calls) {
    long minute = TimeUnit.MINUTES.toNanos(1);
    return IntStream.range(0, calls.size())
        .mapToLong(
            from ->
                calls.stream()
                    .skip(from)
                    .takeWhile(call -> call.nanos() - calls.get(from).nanos() < minute)
                    .count())
        .max()
        .orElse(0);
  }

  private long count(String what) {
    StringBuilder ledger = new StringBuilder();
    for (ConfigMap page : kubernetes.configMaps().inNamespace("pidcheck").list().getItems()) {
      if (page.getMetadata().getName().startsWith("pidcheck-ledger-")) {
        ledger.append(page.getData());
      }
    }
    return Pattern.compile(Pattern.quote(what)).matcher(ledger).results().count();
  }

  private static void until(String what, BooleanSupplier so) {
    long end = System.nanoTime() + MOST.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not " + what + " after " + MOST);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private static void say(String what, int number, double figure) {
    say(what.formatted(number), figure);
  }

  private static void say(String what, double figure) {
    System.out.printf("%-52s %10.1f%n", what, figure);
  }

  private static void say(String what, long count) {
    System.out.printf("%-52s %10d%n", what, count);
  }
}
