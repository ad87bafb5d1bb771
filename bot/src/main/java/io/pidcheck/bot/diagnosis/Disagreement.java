package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.cluster.kubelet.NodeTasks;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.probe.report.Limit;
import io.pidcheck.probe.report.NodeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the probe and the kubelet, asked about the same, say what cannot both be so. */
public sealed interface Disagreement {

  /**
   * Different ceilings. The kubelet's is the smaller of kernel.pid_max and kernel.threads-max, so
   * that either of the probe's two would agree.
   */
  record Ceiling(long probe, long kubelet) implements Disagreement {}

  /** Further apart than some seconds between the two counts explain. */
  record Tasks(long probe, long kubelet) implements Disagreement {}

  // Between the two counts lie seconds, in which probes, cron jobs and pods come and go.
  double MUCH = 0.10;
  long AT_LEAST = 300;

  /** Empty where they agree, or one of them said nothing. */
  static List<Disagreement> in(Evidence evidence) {
    Optional<NodeTasks> kubelet =
        evidence.surroundings().kubelet().flatMap(figures -> figures.node().told());
    return kubelet.map(counted -> between(evidence.report(), counted)).orElse(List.of());
  }

  private static List<Disagreement> between(NodeReport report, NodeTasks kubelet) {
    if (Limits.hidesProcesses(report)) {
      return List.of(); // the probe's count is known to be of a few only
    }
    List<Disagreement> found = new ArrayList<>();
    if (report.limits().pidMax() instanceof Limit.Of(long max)) {
      long lowest =
          report.limits().threadsMax() instanceof Limit.Of(long threads)
              ? Math.min(max, threads)
              : max;
      if (max != kubelet.maxPid() && lowest != kubelet.maxPid()) {
        found.add(new Ceiling(max, kubelet.maxPid()));
      }
    }
    long apart = Math.abs(report.use().threads() - kubelet.tasks());
    long bigger = Math.max(report.use().threads(), kubelet.tasks());
    if (apart > AT_LEAST && apart > MUCH * bigger) {
      found.add(new Tasks(report.use().threads(), kubelet.tasks()));
    }
    return List.copyOf(found);
  }
}
