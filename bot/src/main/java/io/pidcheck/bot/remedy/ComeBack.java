package io.pidcheck.bot.remedy;

import io.pidcheck.bot.act.PodName;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Remedy.Target;
import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.probe.report.OwnerUse;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether what was ended holds more than before: its controller starts it again, leak and all. */
final class ComeBack {

  private final Set<String> workloads;
  private final long before;

  private ComeBack(Set<String> workloads, long before) {
    this.workloads = workloads;
    this.before = before;
  }

  static ComeBack of(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Kill kill ->
          new ComeBack(
              kill.targets().stream()
                  .flatMap(target -> target.pod().stream())
                  .filter(PodName::restarts)
                  .map(ComeBack::key)
                  .collect(Collectors.toSet()),
              kill.targets().stream()
                  .filter(target -> target.pod().map(PodName::restarts).orElse(false))
                  .mapToLong(Target::threads)
                  .sum());
      case Remedy.DeletePod delete -> new ComeBack(Set.of(key(delete.pod())), delete.frees());
      case Remedy.RaisePidMax raise -> new ComeBack(Set.of(), 0);
      case Remedy.Undo undo -> new ComeBack(Set.of(), 0);
    };
  }

  /** Something would start it again. */
  boolean possible() {
    return !workloads.isEmpty();
  }

  long before() {
    return before;
  }

  /** What its workloads hold now, where that is more than before. */
  OptionalLong tasks(Evidence now) {
    long tasks =
        now.report().owners().stream()
            .filter(owner -> isTheirs(owner, now))
            .mapToLong(OwnerUse::threads)
            .sum();
    return possible() && tasks > before ? OptionalLong.of(tasks) : OptionalLong.empty();
  }

  private boolean isTheirs(OwnerUse owner, Evidence now) {
    return now.pod(owner.podUid()).map(pod -> workloads.contains(key(pod))).orElse(false);
  }

  private static String key(PodName pod) {
    return pod.namespace() + "/" + pod.workload();
  }

  private static String key(PodRef pod) {
    return pod.namespace()
        + "/"
        + pod.workload().map(owner -> owner.kind() + "/" + owner.name()).orElse("");
  }
}
