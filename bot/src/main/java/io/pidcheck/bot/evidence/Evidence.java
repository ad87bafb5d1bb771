package io.pidcheck.bot.evidence;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.evidence.ProbeOutcome.Source;
import io.pidcheck.probe.report.NodeReport;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * All that one check found out.
 *
 * @param source where the report was read from
 * @param pods the pods behind the report's processes, by uid
 * @param podsMissing why pods could not be named, when they could not
 * @param surroundings what the cluster says around it
 * @param later a second count, for the trend
 */
public record Evidence(
    NodeReport report,
    Source source,
    Map<String, PodRef> pods,
    Optional<String> podsMissing,
    Surroundings surroundings,
    Optional<LaterCount> later) {

  public Evidence {
    pods = Map.copyOf(pods);
  }

  /** A report without its surroundings. */
  public Evidence(
      NodeReport report, Source source, Map<String, PodRef> pods, Optional<String> podsMissing) {
    this(
        report,
        source,
        pods,
        podsMissing,
        Surroundings.none(Instant.ofEpochMilli(report.node().takenAtEpochMillis())),
        Optional.empty());
  }

  public Optional<PodRef> pod(Optional<String> uid) {
    return uid.map(pods::get);
  }
}
