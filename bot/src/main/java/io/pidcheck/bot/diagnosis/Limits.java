package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.cluster.kubelet.CgroupTasks;
import io.pidcheck.bot.cluster.kubelet.NodeTasks;
import io.pidcheck.bot.diagnosis.LimitUse.Kind;
import io.pidcheck.bot.diagnosis.LimitUse.Scope;
import io.pidcheck.bot.evidence.KubeletFigures;
import io.pidcheck.probe.report.CgroupKind;
import io.pidcheck.probe.report.CgroupPids;
import io.pidcheck.probe.report.Limit;
import io.pidcheck.probe.report.Missing;
import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.ProcessUse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every ceiling that is known, beside its use.
 *
 * @param all the fullest first
 * @param binding the one that refuses, or would first; empty while none is near its end
 * @param next what refuses next once {@code binding} is lifted
 */
public record Limits(List<LimitUse> all, Optional<LimitUse> binding, Optional<LimitUse> next) {

  // uid_t -1: the probe could not read whose it is
  private static final long NO_UID = 0xFFFF_FFFFL;

  private static final Comparator<LimitUse> FULLEST =
      Comparator.comparingDouble(LimitUse::fullness).reversed().thenComparing(LimitUse::scope);
  // A pod at its own ceiling harms itself; what is full for all pods comes first.
  private static final Comparator<LimitUse> WORST =
      Comparator.<LimitUse, Boolean>comparing(
              limit -> !(limit.scope().wide() && limit.level() == Level.CRITICAL))
          .thenComparing(FULLEST);

  public Limits {
    all = List.copyOf(all);
  }

  public static Limits of(NodeReport report) {
    return of(report, Optional.empty());
  }

  /**
   * @param kubelet in place of the probe's own count, where that could not see everybody
   */
  static Limits of(NodeReport report, Optional<KubeletFigures> kubelet) {
    List<LimitUse> limits = new ArrayList<>();
    if (hidesProcesses(report)) { // a count of the few that it sees would call any node calm
      kubelet.flatMap(Limits::pidMax).ifPresent(limits::add);
    } else {
      limits.addAll(nodeWide(report));
      limits.addAll(users(report.processes()));
    }
    report.cgroups().forEach(cgroup -> cgroup(cgroup).ifPresent(limits::add));
    String offender = report.processes().stream().map(ProcessUse::cgroup).findFirst().orElse("");
    return choose(limits, offender);
  }

  /** What the kubelet counts, where the probe's report is missing. */
  static Limits of(KubeletFigures kubelet) {
    List<LimitUse> limits = new ArrayList<>(pidMax(kubelet).stream().toList());
    kubelet.allPods().flatMap(Limits::pods).ifPresent(limits::add);
    String offender = kubelet.containers().stream().map(CgroupTasks::id).findFirst().orElse("");
    return choose(limits, offender);
  }

  private static Optional<LimitUse> pidMax(KubeletFigures kubelet) {
    return kubelet
        .node()
        .told()
        .map(
            node ->
                new LimitUse(
                    Kind.PID_MAX, Scope.NODE, "", node.tasks(), node.maxPid(), node.freeAtLeast()))
        .or(() -> pidMaxByPods(kubelet));
  }

  /** Where the count is of no use: the pods' tasks are not all, so that it is at least as full. */
  private static Optional<LimitUse> pidMaxByPods(KubeletFigures kubelet) {
    if (kubelet.maxPid().isEmpty() || kubelet.containers().isEmpty()) {
      return Optional.empty();
    }
    long max = kubelet.maxPid().getAsLong();
    long held = kubelet.podTasks();
    long free = Math.max(0, max - NodeTasks.RESERVED - held);
    return Optional.of(new LimitUse(Kind.PID_MAX, Scope.NODE, "", held, max, free));
  }

  /** The ceiling that the kubelet put over all pods when it started. */
  private static Optional<LimitUse> pods(CgroupTasks pods) {
    if (pods.limit().isEmpty() || pods.limit().getAsLong() <= 0 || pods.threads() < 0) {
      return Optional.empty();
    }
    long max = pods.limit().getAsLong();
    return Optional.of(
        new LimitUse(
            Kind.CGROUP,
            Scope.ALL_PODS,
            pods.id(),
            pods.threads(),
            max,
            Math.max(0, max - pods.threads())));
  }

  static boolean hidesProcesses(NodeReport report) {
    return report.missing().stream()
        .anyMatch(missing -> missing.what().equals(Missing.OTHERS_PROCESSES));
  }

  static Limits none() {
    return new Limits(List.of(), Optional.empty(), Optional.empty());
  }

  public Optional<LimitUse> pidMax() {
    return all.stream().filter(limit -> limit.kind() == Kind.PID_MAX).findFirst();
  }

  private static Limits choose(List<LimitUse> limits, String offender) {
    List<LimitUse> all = limits.stream().sorted(FULLEST).toList();
    Optional<LimitUse> binding = all.stream().filter(LimitUse::tight).min(WORST);
    Optional<LimitUse> next =
        all.stream()
            .filter(limit -> binding.isPresent() && !limit.equals(binding.get()))
            .filter(limit -> limit.scope().wide() || limit.covers(offender))
            .min(Comparator.comparingLong(LimitUse::free));
    return new Limits(all, binding, next);
  }

  private static List<LimitUse> nodeWide(NodeReport report) {
    List<LimitUse> limits = new ArrayList<>();
    long threads = Math.max(0, report.use().threads());
    if (report.limits().pidMax() instanceof Limit.Of(long max)
        && max > 0
        && report.use().freePids().isPresent()) {
      long free = Math.max(0, report.use().freePids().getAsLong());
      limits.add(new LimitUse(Kind.PID_MAX, Scope.NODE, "", threads, max, free));
    }
    if (report.limits().threadsMax() instanceof Limit.Of(long max) && max > 0) {
      long free = Math.max(0, max - threads);
      limits.add(new LimitUse(Kind.THREADS_MAX, Scope.NODE, "", threads, max, free));
    }
    return limits;
  }

  private static Optional<LimitUse> cgroup(CgroupPids cgroup) {
    if (!(cgroup.max() instanceof Limit.Of(long max)) || max <= 0 || cgroup.current().isEmpty()) {
      return Optional.empty();
    }
    long current = Math.max(0, cgroup.current().getAsLong());
    return Optional.of(
        new LimitUse(
            Kind.CGROUP,
            scope(cgroup.kind()),
            cgroup.path(),
            current,
            max,
            Math.max(0, max - current)));
  }

  private static Scope scope(CgroupKind kind) {
    return switch (kind) {
      case ROOT -> Scope.NODE;
      case KUBEPODS, QOS -> Scope.ALL_PODS;
      case POD, CONTAINER -> Scope.ONE_POD;
      case RUNTIME, KUBELET -> Scope.RUNTIME;
      case SERVICE, OTHER -> Scope.SERVICE;
      case USER_SLICE -> Scope.USER;
    };
  }

  // Linux: kernel/fork.c, copy_process(): RLIMIT_NPROC does not hold the root user back
  private static List<LimitUse> users(List<ProcessUse> processes) {
    Map<Long, List<ProcessUse>> byUser =
        processes.stream()
            .filter(process -> process.uid() != 0 && process.uid() != NO_UID)
            .collect(Collectors.groupingBy(ProcessUse::uid));
    return byUser.entrySet().stream()
        .flatMap(user -> user(user.getKey(), user.getValue()).stream())
        .toList();
  }

  private static Optional<LimitUse> user(long uid, List<ProcessUse> processes) {
    long used = processes.stream().mapToLong(process -> Math.max(0, process.threads())).sum();
    return processes.stream()
        .map(ProcessUse::nproc)
        .flatMap(Limits::number)
        .filter(max -> max > 0)
        .min(Long::compare)
        .map(
            max ->
                new LimitUse(
                    Kind.NPROC,
                    Scope.USER,
                    Long.toString(uid),
                    used,
                    max,
                    Math.max(0, max - used)));
  }

  private static Stream<Long> number(Limit limit) {
    return limit instanceof Limit.Of(long max) ? Stream.of(max) : Stream.empty();
  }
}
