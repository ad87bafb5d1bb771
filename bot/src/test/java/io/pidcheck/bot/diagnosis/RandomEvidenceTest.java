package io.pidcheck.bot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.evidence.ContainerSeen;
import io.pidcheck.bot.evidence.EventSeen;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.KubeletFigures;
import io.pidcheck.bot.evidence.LaterCount;
import io.pidcheck.bot.evidence.NodeSeen;
import io.pidcheck.bot.evidence.PodSeen;
import io.pidcheck.bot.evidence.ProbeOutcome;
import io.pidcheck.bot.evidence.ProbeOutcome.Source;
import io.pidcheck.bot.evidence.ProbeSpec;
import io.pidcheck.bot.evidence.Surroundings;
import io.pidcheck.bot.evidence.Termination;
import io.pidcheck.probe.report.CgroupKind;
import io.pidcheck.probe.report.CgroupPids;
import io.pidcheck.probe.report.CommandUse;
import io.pidcheck.probe.report.Limit;
import io.pidcheck.probe.report.Memory;
import io.pidcheck.probe.report.Missing;
import io.pidcheck.probe.report.NodeFacts;
import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.OwnerUse;
import io.pidcheck.probe.report.PidLimits;
import io.pidcheck.probe.report.PidUse;
import io.pidcheck.probe.report.ProcessUse;
import io.pidcheck.probe.report.ThreadNames;
import io.pidcheck.probe.report.ZombieParent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the evidence, a rule answers. */
public class RandomEvidenceTest {

  private static final List<String> WORDS =
      List.of(
          "",
          "dotnet",
          "java",
          "kubelet",
          "containerd-shim",
          "calico-node",
          "sh",
          "<!channel>",
          "pool-#-thread-#",
          ".NET TP Worker",
          "Thread-#",
          "/",
          "/kubepods",
          "/kubepods/pod1",
          "Killing",
          "Started",
          "Pulled",
          "Evicted",
          "OOMKilled",
          "Rebooted",
          "Unhealthy",
          "Liveness probe failed: sh: can't fork: Resource temporarily unavailable",
          "Liveness probe errored: failed to exec in container",
          "Readiness probe failed: read init-p: connection reset by peer",
          "Container calico-node failed liveness probe, will be restarted",
          "exit code 999",
          "((((((",
          "\u202e\u0000\n",
          "n".repeat(253),
          "<@U1> <https://evil.example|ok> &amp; :fire: *b* ~s~",
          "``` `x` | # - 1. www.evil.example @all",
          "订单🦄",
          "fork ".repeat(2000),
          "eagain ".repeat(500));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void neverMakesARuleThrow(long seed) {
    Dice dice = new Dice(new SplittableRandom(seed));
    for (int i = 0; i < 150; i++) {
      Diagnosis diagnosis = Diagnosis.of(dice.evidence());
      assertThat(diagnosis.causes()).hasSameSizeAs(diagnosis.culprits().found());
      assertThat(diagnosis.otherSuspects()).hasSize(4);
      boolean pidMaxBinds =
          diagnosis
              .limits()
              .binding()
              .map(limit -> limit.kind() == LimitUse.Kind.PID_MAX)
              .orElse(false);
      if (!pidMaxBinds) {
        assertThat(diagnosis.advice()).noneMatch(Advice.RaisePidMax.class::isInstance);
      }
      assertThat(Diagnosis.without(dice.outcome(), dice.surroundings())).isNotNull();
      assertThat(Explanation.of(dice.word() + dice.word()).next()).isNotEmpty();
    }
  }

  @Test
  void readsTenThousandEventsOfAnyKind() {
    Dice dice = new Dice(new SplittableRandom(55));
    Surroundings few = dice.surroundings();
    List<EventSeen> events = Stream.generate(dice::event).limit(10_000).toList();
    Surroundings many =
        new Surroundings(few.at(), few.node(), few.pods(), events, few.kubelet(), few.missing());
    Diagnosis diagnosis = Diagnosis.without(dice.outcome(), many);
    assertThat(diagnosis.strong()).hasSizeLessThanOrEqualTo(3);
  }

  /** Draws evidence: plausible, absurd and hostile. */
  public record Dice(SplittableRandom random) {

    String word() {
      return WORDS.get(random.nextInt(WORDS.size()));
    }

    long number() {
      return switch (random.nextInt(6)) {
        case 0 -> 0;
        case 1 -> random.nextLong(10);
        case 2 -> random.nextLong(40_000);
        case 3 -> 32_768;
        case 4 -> random.nextLong(5_000_000);
        default -> 1_000_000_000_000L;
      };
    }

    int small() {
      return (int) Math.min(5_000_000, number());
    }

    boolean flip() {
      return random.nextBoolean();
    }

    <T> Optional<T> maybe(Supplier<T> value) {
      return flip() ? Optional.of(value.get()) : Optional.empty();
    }

    <T> List<T> some(Supplier<T> value) {
      List<T> list = new ArrayList<>();
      int size = random.nextInt(6);
      for (int i = 0; i < size; i++) {
        list.add(value.get());
      }
      return list;
    }

    <T> T oneOf(T[] values) {
      return values[random.nextInt(values.length)];
    }

    Instant instant() {
      return Instant.ofEpochSecond(1_774_000_000L + random.nextLong(500_000));
    }

    Limit limit() {
      return switch (random.nextInt(3)) {
        case 0 -> Limit.UNKNOWN;
        case 1 -> Limit.UNLIMITED;
        default -> Limit.of(number());
      };
    }

    public Evidence evidence() {
      return new Evidence(
          report(),
          Source.LOG,
          flip() ? Map.of() : Map.of("a", pod()),
          Optional.empty(),
          surroundings(),
          maybe(() -> new LaterCount(number(), Duration.ofMillis(random.nextLong(5000)))));
    }

    PodRef pod() {
      return new PodRef(
          word(), word(), maybe(() -> new PodRef.Workload(word(), word())), "BestEffort");
    }

    public ProbeOutcome outcome() {
      return switch (random.nextInt(6)) {
        case 0 -> new ProbeOutcome.NotStarted(oneOf(ProbeOutcome.Reason.values()), word());
        case 1 -> new ProbeOutcome.TimedOut(oneOf(ProbeOutcome.Stage.values()), word());
        case 2 -> new ProbeOutcome.Failed(small(), word());
        case 3 -> new ProbeOutcome.Unreadable(word(), word());
        case 4 -> new ProbeOutcome.NodeGone();
        default -> new ProbeOutcome.JobDeleted();
      };
    }

    public Surroundings surroundings() {
      return new Surroundings(
          instant(),
          maybe(this::node),
          some(this::podSeen),
          some(this::event),
          maybe(() -> new KubeletFigures(number(), number(), instant())),
          List.of());
    }

    NodeSeen node() {
      String runtime =
          oneOf(new String[] {"docker://20", "containerd://1.7", "cri-o://1", "", "x"});
      return new NodeSeen(word(), runtime, word(), word(), some(this::condition), some(this::word));
    }

    NodeSeen.Condition condition() {
      String type = oneOf(new String[] {"Ready", "MemoryPressure", "PIDPressure", "x"});
      String status = oneOf(new String[] {"True", "False", "Unknown", ""});
      return new NodeSeen.Condition(type, status, word(), word(), maybe(this::instant));
    }

    PodSeen podSeen() {
      return new PodSeen(
          flip() ? "a" : "b",
          pod(),
          flip(),
          flip(),
          word(),
          word(),
          maybe(this::instant),
          some(this::container));
    }

    ContainerSeen container() {
      return new ContainerSeen(
          word(),
          word(),
          Map.of(),
          Map.of(),
          flip(),
          small(),
          maybe(this::word),
          maybe(() -> new Termination(word(), small(), word(), maybe(this::instant))),
          maybe(this::probe),
          maybe(this::probe));
    }

    ProbeSpec probe() {
      return new ProbeSpec(
          oneOf(ProbeSpec.Handler.values()), word(), Duration.ZERO, Duration.ZERO, small());
    }

    EventSeen event() {
      return new EventSeen(
          word(),
          word(),
          word(),
          1 + number(),
          maybe(this::instant),
          maybe(this::instant),
          new EventSeen.Target("Pod", word(), flip() ? "calico-node-x" : word()));
    }

    NodeReport report() {
      return new NodeReport(
          1,
          flip(),
          new NodeFacts(word(), word(), word(), number(), 1_774_242_000_000L, 1),
          new PidLimits(limit(), limit()),
          new PidUse(
              number(),
              number(),
              number(),
              number(),
              flip() ? OptionalLong.of(number()) : OptionalLong.empty()),
          flip() ? Memory.UNKNOWN : new Memory(1000, 1, 1, 1, 1, random.nextLong(1000), 0, 0),
          some(this::process),
          some(
              () ->
                  new CgroupPids(
                      word(),
                      oneOf(CgroupKind.values()),
                      Optional.empty(),
                      Optional.empty(),
                      limit(),
                      flip() ? OptionalLong.of(number()) : OptionalLong.empty())),
          some(
              () ->
                  new OwnerUse(
                      word(), oneOf(CgroupKind.values()), maybe(() -> "a"), number(), number())),
          some(() -> new CommandUse(word(), number(), number())),
          some(
              () ->
                  new ThreadNames(
                      random.nextInt(5), number(),
                      some(() -> new ThreadNames.Name(word(), number(), small())), number())),
          some(() -> new ZombieParent(random.nextInt(5), word(), number())),
          flip() ? List.of() : List.of(new Missing(Missing.OTHERS_PROCESSES, word())));
    }

    ProcessUse process() {
      return new ProcessUse(
          random.nextInt(5),
          random.nextInt(5),
          number(),
          flip() ? "S" : "Z",
          number(),
          number(),
          word(),
          word(),
          limit(),
          word(),
          maybe(() -> "a"),
          maybe(this::word));
    }
  }
}
