package io.pidcheck.bot.evidence;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.evidence.ProbeOutcome.Source;
import io.pidcheck.probe.report.NodeReport;
import java.util.Map;
import java.util.Optional;

/**
 * All that one check found out.
 *
 * @param source where the report was read from
 * @param pods the pods behind the report's processes, by uid
 * @param podsMissing why pods could not be named, when they could not
 */
public record Evidence(
    NodeReport report, Source source, Map<String, PodRef> pods, Optional<String> podsMissing) {

  public Evidence {
    pods = Map.copyOf(pods);
  }

  public Optional<PodRef> pod(Optional<String> uid) {
    return uid.map(pods::get);
  }
}
