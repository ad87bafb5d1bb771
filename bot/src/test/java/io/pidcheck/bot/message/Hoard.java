package io.pidcheck.bot.message;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.evidence.EventSeen;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.LaterCount;
import io.pidcheck.bot.evidence.PodSeen;
import io.pidcheck.bot.evidence.ProbeOutcome.Source;
import io.pidcheck.bot.evidence.Surroundings;
import io.pidcheck.probe.report.CgroupKind;
import io.pidcheck.probe.report.CgroupPids;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Far more of everything than a message can hold, under the longest names there are. */
final class Hoard {

  private static final Instant NOW = Instant.ofEpochMilli(1_774_242_000_000L);
  private static final String LONG = "长<!channel>*`'$(x)".repeat(60);

  private Hoard() {}

  static Evidence evidence(int culprits, int events) {
    Map<String, PodRef> pods =
        IntStream.range(0, culprits).boxed().collect(Collectors.toMap(i -> "uid" + i, Hoard::pod));
    return new Evidence(
        report(culprits),
        Source.TERMINATION_MESSAGE,
        pods,
        Optional.of(LONG),
        around(culprits, events),
        Optional.of(new LaterCount(32_500, Duration.ofMillis(500))));
  }

  private static PodRef pod(int i) {
    return new PodRef(
        "n".repeat(63),
        "p" + i + "x".repeat(248),
        Optional.of(new PodRef.Workload("Deployment", "d" + i + "y".repeat(248))),
        "BestEffort");
  }

  private static Surroundings around(int culprits, int events) {
    return new Surroundings(
        NOW,
        Optional.empty(),
        many(culprits, i -> podSeen(i)),
        many(events, Hoard::event),
        Optional.empty(),
        many(50, i -> new Missing(LONG, LONG)));
  }

  private static PodSeen podSeen(int i) {
    return new PodSeen("uid" + i, pod(i), false, false, "Running", "", Optional.empty(), List.of());
  }

  private static EventSeen event(int i) {
    List<String> messages =
        List.of(
            "Liveness probe failed: OCI runtime exec failed: fork/exec /proc/self/exe: resource"
                + " temporarily unavailable "
                + LONG,
            "Liveness probe errored: failed to exec in container " + LONG,
            "Readiness probe failed: unable to connect to BIRDv4 socket: dial unix"
                + " /var/run/calico/bird.ctl: connect: connection refused "
                + LONG,
            "Container calico-node failed liveness probe, will be restarted");
    Optional<Instant> at = Optional.of(NOW.minusSeconds(i));
    return new EventSeen(
        "Warning",
        "Unhealthy",
        messages.get(i % messages.size()),
        1_000_000_000L,
        at,
        at,
        new EventSeen.Target("Pod", "kube-system", "calico-node-6sqwm"));
  }

  private static NodeReport report(int culprits) {
    return new NodeReport(
        1,
        false,
        new NodeFacts("k8s-worker02", "boot", LONG, 1, NOW.toEpochMilli(), 1),
        new PidLimits(Limit.of(32_768), Limit.of(33_000)),
        new PidUse(32_400, 2_000, 100, 9_000, OptionalLong.of(68)),
        new Memory(1L << 40, 1, 1, 1, 1, 1L << 30, 1L << 30, 1),
        many(culprits, Hoard::process),
        many(culprits, Hoard::cgroup),
        many(
            culprits,
            i -> new OwnerUse(LONG, CgroupKind.POD, Optional.of("uid" + i), 6_000, 5_000)),
        List.of(),
        many(
            culprits,
            i ->
                new ThreadNames(
                    1_000 + i, 512, many(5, n -> new ThreadNames.Name(LONG, 100, 50)), 12)),
        many(culprits, i -> new ZombieParent(90_000 + i, LONG, 4_000)),
        many(50, i -> new Missing(LONG, LONG)));
  }

  private static ProcessUse process(int i) {
    return new ProcessUse(
        1_000 + i,
        1,
        1_000,
        "S",
        1,
        5_000,
        LONG,
        LONG,
        Limit.of(6_000),
        "/" + LONG,
        Optional.of("uid" + i),
        Optional.empty());
  }

  private static CgroupPids cgroup(int i) {
    return new CgroupPids(
        "/kubepods" + i + "/" + LONG,
        CgroupKind.QOS,
        Optional.empty(),
        Optional.empty(),
        Limit.of(32_768),
        OptionalLong.of(30_000));
  }

  private static <T> List<T> many(int count, IntFunction<T> one) {
    return IntStream.range(0, count).mapToObj(one).toList();
  }
}
