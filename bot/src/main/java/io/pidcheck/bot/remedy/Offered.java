package io.pidcheck.bot.remedy;

import io.pidcheck.bot.act.PodName;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Remedy.Target;
import io.pidcheck.bot.act.Seen;
import io.pidcheck.bot.check.Footer.Found;
import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.diagnosis.Advice;
import io.pidcheck.bot.diagnosis.Culprit;
import io.pidcheck.bot.diagnosis.LimitUse;
import io.pidcheck.bot.diagnosis.Protection;
import io.pidcheck.bot.evidence.PodSeen;
import io.pidcheck.probe.report.Limit;
import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.ProcessUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Which of a diagnosis' remedies can be done from here, in its order, bound to what it saw. */
final class Offered {

  // beyond these nobody can tell the buttons apart; the rest is in the text
  private static final int MOST_KILLS = 4;
  private static final int MOST_CGROUPS = 5;
  private static final long HUGE = 2_000;
  // a pod start needs 27 PIDs at its peak, stopping one not many fewer: below, it hangs
  private static final long RUNTIME_NEEDS = 30;
  private static final long RESERVED = 300; // kernel/pid.c: RESERVED_PIDS

  private final Found found;
  private final NodeReport report;
  private final Seen seen;

  private Offered(Found found, Seen seen) {
    this.found = found;
    this.report = found.evidence().report();
    this.seen = seen;
  }

  /** None where the report does not say which boot of the node it is about. */
  static List<Remedy> of(Found found) {
    try {
      return new Offered(found, seen(found)).all();
    } catch (IllegalArgumentException notBound) {
      return List.of();
    }
  }

  private static Seen seen(Found found) {
    NodeReport report = found.evidence().report();
    Optional<LimitUse> limit =
        found.diagnosis().limits().binding().or(() -> found.diagnosis().limits().pidMax());
    return new Seen(
        report.node().name(),
        report.node().bootId(),
        Instant.ofEpochMilli(report.node().takenAtEpochMillis()),
        found.job().name(),
        limit.map(LimitUse::used).orElse(report.use().threads()),
        limit.map(LimitUse::limit).orElse(0L));
  }

  private List<Remedy> all() {
    List<Remedy> offered = new ArrayList<>();
    List<Target> targets = targets();
    for (Advice advice : found.diagnosis().advice()) {
      switch (advice) {
        case Advice.RaisePidMax raise -> raise(raise, offered);
        case Advice.DeletePod delete -> deletePod(delete, offered);
        case Advice.Kill kill -> {}
        case Advice.RaiseThreadsMax ignored -> {}
        case Advice.RaiseCgroup ignored -> {}
        case Advice.RaiseUserLimit ignored -> {}
        case Advice.ScaleDown ignored -> {}
        case Advice.RestartParent ignored -> {}
        case Advice.EndLeakedShims ignored -> {}
        case Advice.SetResources ignored -> {}
        case Advice.LimitPodPids ignored -> {}
        case Advice.MendTheCause ignored -> {}
      }
    }
    if (targets.size() > 1) {
      offered.add(new Remedy.Kill(seen, targets));
    }
    targets.forEach(target -> offered.add(new Remedy.Kill(seen, List.of(target))));
    targets.forEach(target -> gracefully(target).ifPresent(offered::add));
    return offered.stream().distinct().toList();
  }

  /** Instead of its process the pod, where something makes another and it can end by itself. */
  private Optional<Remedy> gracefully(Target target) {
    boolean runtimeCanFork =
        found
            .diagnosis()
            .limits()
            .binding()
            .map(limit -> limit.free() >= RUNTIME_NEEDS)
            .orElse(true);
    return target
        .pod()
        .filter(pod -> pod.restarts() && runtimeCanFork)
        .map(pod -> new Remedy.DeletePod(seen, pod, target.threads()));
  }

  /**
   * The culprits; and, whatever fills up, whoever holds more threads than any sound process of a
   * node: who asked may know that it is a leak. The dialog says what it is.
   */
  private List<Target> targets() {
    Stream<ProcessUse> culprits =
        found.diagnosis().culprits().found().stream()
            .filter(Culprit.ThreadExplosion.class::isInstance)
            .map(culprit -> ((Culprit.ThreadExplosion) culprit).holder().process());
    Stream<ProcessUse> huge =
        report.processes().stream()
            .filter(process -> process.threads() >= HUGE && unprotected(process));
    return Stream.concat(culprits, huge).distinct().limit(MOST_KILLS).map(this::target).toList();
  }

  private boolean unprotected(ProcessUse process) {
    Optional<PodSeen> pod = found.evidence().surroundings().pod(process.podUid());
    return Protection.of(process, pod) == Protection.NONE
        && !pod.map(PodSeen::calicoNode).orElse(false);
  }

  private Target target(ProcessUse process) {
    return new Target(
        process.pid(),
        process.startTicks(),
        process.comm().isBlank() ? "?" : process.comm(),
        process.threads(),
        pod(process.podUid()));
  }

  private Optional<PodName> pod(Optional<String> uid) {
    return uid.flatMap(
        known ->
            found
                .evidence()
                .pod(uid)
                .map(ref -> new PodName(ref.namespace(), ref.name(), known, workload(ref))));
  }

  private static String workload(PodRef ref) {
    return ref.workload().map(owner -> owner.kind() + "/" + owner.name()).orElse("");
  }

  private void raise(Advice.RaisePidMax advice, List<Remedy> offered) {
    OptionalLong threadsMax = threadsMax(advice.to());
    List<String> cgroups = pidsMaxFiles(advice.along());
    offered.add(
        new Remedy.RaisePidMax(seen, advice.from(), advice.to(), false, threadsMax, cgroups));
    offered.add(
        new Remedy.RaisePidMax(seen, advice.from(), advice.to(), true, threadsMax, cgroups));
  }

  /** kernel.threads-max has to leave as much room as the new pid_max, or it binds next. */
  private OptionalLong threadsMax(long to) {
    return report.limits().threadsMax() instanceof Limit.Of(long most) && most < to - RESERVED
        ? OptionalLong.of(to)
        : OptionalLong.empty();
  }

  /** Where the report does not say where the hierarchy is, no file can be named. */
  private List<String> pidsMaxFiles(List<String> paths) {
    String root = report.node().pidsRoot();
    return root.isEmpty()
        ? List.of()
        : paths.stream().limit(MOST_CGROUPS).map(path -> root + path + "/pids.max").toList();
  }

  private void deletePod(Advice.DeletePod advice, List<Remedy> offered) {
    found.evidence().surroundings().pods().stream()
        .filter(pod -> pod.ref().name().equals(advice.pod().name()))
        .filter(pod -> pod.ref().namespace().equals(advice.pod().namespace()))
        .filter(pod -> !pod.calicoNode() && !pod.mirror())
        .filter(pod -> advice.runtimeCanFork() && advice.pod().workload().isPresent())
        .findFirst()
        .map(PodSeen::uid)
        .ifPresent(
            uid ->
                offered.add(
                    new Remedy.DeletePod(
                        seen,
                        new PodName(
                            advice.pod().namespace(),
                            advice.pod().name(),
                            uid,
                            workload(advice.pod())),
                        advice.frees())));
  }
}
