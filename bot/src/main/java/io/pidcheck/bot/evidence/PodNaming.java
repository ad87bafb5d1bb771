package io.pidcheck.bot.evidence;

import io.pidcheck.bot.cluster.ClusterException;
import io.pidcheck.bot.cluster.PodsOfNode;
import io.pidcheck.bot.evidence.ProbeOutcome.Reported;
import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.OwnerUse;
import io.pidcheck.probe.report.ProcessUse;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts names to the pod uids of a report. */
public final class PodNaming {

  private final PodsOfNode pods;

  public PodNaming(PodsOfNode pods) {
    this.pods = pods;
  }

  /** Where the pods cannot be listed, the evidence says so and stays good for the rest. */
  public Evidence name(Reported reported) {
    NodeReport report = reported.report();
    try {
      return new Evidence(
          report,
          reported.source(),
          pods.byUid(report.node().name(), uids(report)),
          Optional.empty());
    } catch (ClusterException e) {
      return new Evidence(
          report,
          reported.source(),
          Map.of(),
          Optional.of(Objects.requireNonNullElse(e.getMessage(), "")));
    }
  }

  private static Set<String> uids(NodeReport report) {
    return Stream.concat(
            report.processes().stream().map(ProcessUse::podUid),
            report.owners().stream().map(OwnerUse::podUid))
        .flatMap(Optional::stream)
        .collect(Collectors.toUnmodifiableSet());
  }
}
