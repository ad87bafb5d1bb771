package io.pidcheck.bot.evidence;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.evidence.ProbeOutcome.Reported;
import io.pidcheck.probe.report.Missing;
import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.OwnerUse;
import io.pidcheck.probe.report.ProcessUse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts a probe's report and what the cluster knows around it together. */
public final class EvidenceReader {

  private final SurroundingsReader surroundings;

  public EvidenceReader(SurroundingsReader surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Where the cluster does not tell something, the evidence names it and stays good for the rest.
   */
  public Evidence read(Reported reported) {
    return read(reported, List.of());
  }

  /** The same, with what was said of the check itself. */
  public Evidence read(Reported reported, List<EventSeen> ofTheCheck) {
    NodeReport report = reported.report();
    Set<String> holders = holders(report);
    Surroundings around = with(ofTheCheck, surroundings.read(report.node().name(), holders));
    Map<String, PodRef> pods =
        around.pods().stream()
            .filter(pod -> holders.contains(pod.uid()))
            .collect(Collectors.toMap(PodSeen::uid, PodSeen::ref, (first, second) -> first));
    Optional<String> podsMissing =
        around.missing().stream()
            .filter(missing -> missing.what().contains("pods"))
            .map(Missing::why)
            .findFirst();
    Optional<LaterCount> later = report.later().map(LaterCount::of);
    return new Evidence(report, reported.source(), pods, podsMissing, around, later);
  }

  /**
   * What the cluster knows around a node whose probe brought no report.
   *
   * @param ofTheCheck events of the check's own pod: what the node said of it is evidence too
   */
  public Surroundings around(String node, List<EventSeen> ofTheCheck) {
    return with(ofTheCheck, surroundings.read(node, Set.of()));
  }

  private static Surroundings with(List<EventSeen> events, Surroundings around) {
    return new Surroundings(
        around.at(),
        around.node(),
        around.pods(),
        Stream.concat(around.events().stream(), events.stream()).distinct().toList(),
        around.kubelet(),
        around.missing());
  }

  /** What the node's kubelet counts; on its way, or read a moment ago. */
  public FiguresReader.Reading kubelet(String node) {
    return surroundings.kubelet(node);
  }

  private static Set<String> holders(NodeReport report) {
    return Stream.concat(
            report.processes().stream().map(ProcessUse::podUid),
            report.owners().stream().map(OwnerUse::podUid))
        .flatMap(Optional::stream)
        .collect(Collectors.toUnmodifiableSet());
  }
}
