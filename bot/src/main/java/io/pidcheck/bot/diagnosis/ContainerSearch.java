package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.cluster.kubelet.CgroupTasks;
import io.pidcheck.bot.diagnosis.Culprit.CrowdedContainer;
import io.pidcheck.bot.evidence.KubeletFigures;
import java.util.List;
import java.util.Optional;

/** Who stands out by the kubelet's count, where nobody could look at the processes themselves. */
final class ContainerSearch {

  private static final double STANDS_OUT = 0.10;
  private static final long AT_LEAST = 200;

  private ContainerSearch() {}

  static Culprits in(KubeletFigures figures, Limits limits) {
    Optional<LimitUse> measure = limits.binding().or(limits::pidMax);
    if (measure.isEmpty()) {
      return Culprits.none();
    }
    long whole = measure.get().limit();
    List<Culprit> found =
        figures.containers().stream()
            .filter(container -> container.threads() >= AT_LEAST)
            .filter(container -> (double) container.threads() / whole >= STANDS_OUT)
            .filter(container -> concerned(container, measure.get()))
            .<Culprit>map(container -> culprit(container, figures, whole))
            .toList();
    return new Culprits(found, whole, found.stream().mapToLong(Culprit::tasks).sum());
  }

  private static boolean concerned(CgroupTasks container, LimitUse limit) {
    return limit.scope().wide() || limit.covers(container.id());
  }

  private static CrowdedContainer culprit(
      CgroupTasks container, KubeletFigures figures, long whole) {
    PodRef pod =
        figures
            .pod(container)
            .orElseGet(
                () -> new PodRef(container.namespace(), container.pod(), Optional.empty(), ""));
    return new CrowdedContainer(container, pod, (double) container.threads() / whole);
  }
}
