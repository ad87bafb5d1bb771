package io.pidcheck.bot.evidence;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.cluster.kubelet.CgroupTasks;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Lack;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.NotTold;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Told;
import io.pidcheck.bot.cluster.kubelet.NodeTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The kubelet's own figures. Either half may be missing: /stats/summary fails once the container
 * runtime is dead, and /metrics/cadvisor goes on with what it counted last.
 *
 * @param node from /stats/summary; current
 * @param cgroups from /metrics/cadvisor; each has the time of its own count
 * @param pods the biggest containers' pods with their workloads, by uid
 * @param at when the kubelet was asked
 */
public record KubeletFigures(
    KubeletAnswer<NodeTasks> node,
    KubeletAnswer<List<CgroupTasks>> cgroups,
    Map<String, PodRef> pods,
    Instant at) {

  public KubeletFigures {
    pods = Map.copyOf(pods);
  }

  /** A count alone. */
  public KubeletFigures(long maxPid, long tasks, Instant at) {
    this(
        maxPid > 0 && tasks >= 0
            ? new Told<>(new NodeTasks(maxPid, tasks, Optional.of(at)))
            : new NotTold<>(Lack.NOT_UNDERSTOOD, ""),
        new NotTold<>(Lack.SWITCHED_OFF, ""),
        Map.of(),
        at);
  }

  /** Nothing was had, for one reason. */
  static KubeletFigures without(Lack lack, String detail, Instant at) {
    return new KubeletFigures(
        new NotTold<>(lack, detail), new NotTold<>(lack, detail), Map.of(), at);
  }

  /** The containers, the biggest first. */
  public List<CgroupTasks> containers() {
    return all()
        .filter(CgroupTasks::isContainer)
        .sorted(Comparator.comparingLong(CgroupTasks::threads).reversed())
        .toList();
  }

  /** The cgroup of all pods. */
  public Optional<CgroupTasks> allPods() {
    return all().filter(CgroupTasks::isAllPods).findFirst();
  }

  /** What the node may have, also where the count of what it has is of no use. */
  public OptionalLong maxPid() {
    return switch (node) {
      case Told<NodeTasks>(NodeTasks tasks) -> OptionalLong.of(tasks.maxPid());
      case NotTold<NodeTasks> lack -> lack.maxPid();
    };
  }

  /** All pods' tasks together, which is the least that the node has. */
  public long podTasks() {
    long counted = allPods().map(CgroupTasks::threads).orElse(0L);
    return counted > 0 ? counted : containers().stream().mapToLong(CgroupTasks::threads).sum();
  }

  /** So many PIDs are free at most, by what the pods alone hold; empty where that is not known. */
  public OptionalLong freeAtMost() {
    if (containers().isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong ceiling = allPods().map(CgroupTasks::limit).orElse(OptionalLong.empty());
    return LongStream.concat(
            maxPid().stream().map(max -> max - NodeTasks.RESERVED), ceiling.stream())
        .map(most -> Math.max(0, most - podTasks()))
        .min();
  }

  /**
   * The same, where a pod is to be started. Of a dead container runtime the kubelet does not tell
   * the node's ceiling; kubepods' was made of it, and does not know of the ids that the kernel
   * holds back.
   */
  public OptionalLong freeForPod() {
    OptionalLong most = freeAtMost();
    return maxPid().isPresent() || most.isEmpty()
        ? most
        : OptionalLong.of(Math.max(0, most.getAsLong() - NodeTasks.RESERVED));
  }

  /** Something is known. */
  public boolean any() {
    return node.told().isPresent() || !containers().isEmpty();
  }

  public Optional<PodRef> pod(CgroupTasks container) {
    return container.podUid().map(pods::get).filter(Objects::nonNull);
  }

  /** How old the oldest of these counts is; never negative, clocks differ. */
  public Duration age(List<CgroupTasks> counts) {
    return counts.stream()
        .flatMap(count -> count.at().stream())
        .map(counted -> Duration.between(counted, at))
        .filter(Duration::isPositive)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private Stream<CgroupTasks> all() {
    return cgroups.told().stream().flatMap(List::stream);
  }
}
