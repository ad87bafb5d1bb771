package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.diagnosis.Advice.DeletePod;
import io.pidcheck.bot.diagnosis.Advice.EndLeakedShims;
import io.pidcheck.bot.diagnosis.Advice.Kill;
import io.pidcheck.bot.diagnosis.Advice.LimitPodPids;
import io.pidcheck.bot.diagnosis.Advice.MendTheCause;
import io.pidcheck.bot.diagnosis.Advice.RaiseCgroup;
import io.pidcheck.bot.diagnosis.Advice.RaisePidMax;
import io.pidcheck.bot.diagnosis.Advice.RaiseThreadsMax;
import io.pidcheck.bot.diagnosis.Advice.RaiseUserLimit;
import io.pidcheck.bot.diagnosis.Advice.RestartParent;
import io.pidcheck.bot.diagnosis.Advice.ScaleDown;
import io.pidcheck.bot.diagnosis.Advice.SetResources;
import io.pidcheck.bot.diagnosis.LimitUse.Kind;
import io.pidcheck.bot.diagnosis.LimitUse.Scope;
import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.ProcessUse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What to do, in this order: room first, then who holds it, then that it does not come back. */
final class Remedying {

  // Documentation/admin-guide/sysctl/kernel.rst: pid_max is at most 4194304 on 64 bit
  private static final long HIGHEST_PID_MAX = 4_194_304;
  private static final long TIMES = 4;
  // A pod start needs 27 PIDs at its peak, stopping one not many fewer.
  private static final long RUNTIME_NEEDS = 30;
  private static final long LEAST_POD_LIMIT = 256;
  private static final long MOST_POD_LIMIT = 16_384;
  private static final long PODS_SHARE = 8;

  private final Scene scene;
  private final Limits limits;
  private final Culprits culprits;
  private final List<Advice> advice = new ArrayList<>();

  private Remedying(Scene scene, Limits limits, Culprits culprits) {
    this.scene = scene;
    this.limits = limits;
    this.culprits = culprits;
  }

  static List<Advice> of(Scene scene, Limits limits, Culprits culprits, List<Cause> causes) {
    if (limits.binding().isEmpty() && culprits.nothingStandsOut()) {
      return List.of();
    }
    Remedying remedying = new Remedying(scene, limits, culprits);
    limits.binding().ifPresent(remedying::room);
    if (limits.binding().isPresent()) { // nobody is ended while there is room
      culprits.found().forEach(remedying::end);
    }
    remedying.prevent(causes);
    return List.copyOf(remedying.advice);
  }

  /** Only the ceiling that binds: raising another one achieves nothing. */
  private void room(LimitUse binding) {
    switch (binding.kind()) {
      case PID_MAX -> raisePidMax(binding.limit());
      case THREADS_MAX -> advice.add(new RaiseThreadsMax(binding.limit(), binding.limit() * TIMES));
      case CGROUP -> advice.add(new RaiseCgroup(binding.path(), binding.scope(), binding.limit()));
      case NPROC -> advice.add(new RaiseUserLimit(binding.path(), binding.limit()));
    }
  }

  private void raisePidMax(long from) {
    long to =
        Math.min(HIGHEST_PID_MAX, from > HIGHEST_PID_MAX / TIMES ? HIGHEST_PID_MAX : from * TIMES);
    if (to > from) {
      advice.add(new RaisePidMax(from, to, along(to)));
    }
  }

  /** Ceilings over all pods that lie below the new pid_max. */
  private List<String> along(long to) {
    return limits.all().stream()
        .filter(limit -> limit.kind() == Kind.CGROUP)
        .filter(limit -> limit.scope() == Scope.ALL_PODS && limit.limit() < to)
        .map(LimitUse::path)
        .sorted()
        .toList();
  }

  private void end(Culprit culprit) {
    switch (culprit) {
      case Culprit.ThreadExplosion explosion -> kill(explosion.holder());
      case Culprit.ProcessLeak leak -> leak.pod().ifPresent(pod -> deletePod(pod, leak.tasks()));
      case Culprit.ManyPods many ->
          advice.add(new ScaleDown(many.example(), many.pods(), many.tasks(), runtimeCanFork()));
      case Culprit.CalicoNode calico ->
          calico.pod().ifPresent(pod -> deletePod(pod, calico.tasks()));
      case Culprit.Zombies zombies ->
          advice.add(
              new RestartParent(
                  zombies.parentPid(), zombies.comm(), zombies.pod(), zombies.zombies()));
      case Culprit.LeakedShims shims -> advice.add(new EndLeakedShims(shims.shims(), shims.pods()));
      case Culprit.CrowdedContainer container -> deletePod(container.pod(), container.tasks());
      case Culprit.NodeService service -> {}
      case Culprit.KernelThreads kernel -> {}
    }
  }

  private void kill(Holder holder) {
    Optional<NodeReport> report = scene.report();
    if (holder.protection() != Protection.NONE || report.isEmpty()) {
      return;
    }
    ProcessUse process = holder.process();
    advice.add(
        new Kill(
            report.get().node().name(),
            report.get().node().bootId(),
            process.pid(),
            process.startTicks(),
            process.comm(),
            holder.pod(),
            process.threads()));
  }

  private void deletePod(PodRef pod, long frees) {
    advice.add(new DeletePod(pod, frees, runtimeCanFork()));
  }

  private boolean runtimeCanFork() {
    return limits.binding().map(limit -> limit.free() >= RUNTIME_NEEDS).orElse(true);
  }

  private void prevent(List<Cause> causes) {
    Set<PodRef> pods = new LinkedHashSet<>();
    culprits.found().stream().flatMap(Remedying::pod).forEach(pods::add);
    pods.stream()
        .filter(pod -> pod.qos().equals("BestEffort") && pod.workload().isPresent())
        .map(Remedying::resources)
        .forEach(advice::add);
    if (culprits.found().stream().anyMatch(this::outgrowsPodPidsLimit)) {
      advice.add(new LimitPodPids(podPidsLimit()));
    }
    for (int i = 0; i < causes.size(); i++) {
      advice.add(new MendTheCause(causes.get(i), pod(culprits.found().get(i)).findFirst()));
    }
  }

  /** Many small pods, or one that its limit holds already, are not confined by it. */
  private boolean outgrowsPodPidsLimit(Culprit culprit) {
    boolean podLimited =
        limits.binding().map(limit -> limit.scope() == Scope.ONE_POD).orElse(false);
    return !podLimited
        && !(culprit instanceof Culprit.ManyPods)
        && pod(culprit).findFirst().isPresent()
        && culprit.tasks() > podPidsLimit();
  }

  private static Stream<PodRef> pod(Culprit culprit) {
    return switch (culprit) {
      case Culprit.ThreadExplosion explosion -> explosion.holder().pod().stream();
      case Culprit.ProcessLeak leak -> leak.pod().stream();
      case Culprit.ManyPods many -> Stream.of(many.example());
      case Culprit.Zombies zombies -> zombies.pod().stream();
      case Culprit.CalicoNode calico -> calico.pod().stream();
      case Culprit.CrowdedContainer container -> Stream.of(container.pod());
      case Culprit.LeakedShims shims -> Stream.empty();
      case Culprit.NodeService service -> Stream.empty();
      case Culprit.KernelThreads kernel -> Stream.empty();
    };
  }

  /** The incident's own figures: a start, for want of any measurement of the workload. */
  private static Advice resources(PodRef pod) {
    return new SetResources(
        pod, Map.of("cpu", "1", "memory", "2Gi"), Map.of("cpu", "4", "memory", "8Gi"));
  }

  /** An eighth of what the node admits: no one pod can then fill it. */
  private long podPidsLimit() {
    long eighth =
        limits.all().stream()
                .filter(limit -> limit.scope() == Scope.NODE)
                .mapToLong(LimitUse::limit)
                .min()
                .orElse(0)
            / PODS_SHARE;
    return Math.clamp(Long.highestOneBit(Math.max(1, eighth)), LEAST_POD_LIMIT, MOST_POD_LIMIT);
  }
}
