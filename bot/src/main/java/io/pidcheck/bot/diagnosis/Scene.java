package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.LaterCount;
import io.pidcheck.bot.evidence.PodSeen;
import io.pidcheck.bot.evidence.ProbeOutcome;
import io.pidcheck.bot.evidence.Surroundings;
import io.pidcheck.probe.report.NodeReport;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the rules look at.
 *
 * @param unreported how the probe ended where there is no report
 */
record Scene(
    Optional<NodeReport> report,
    Optional<ProbeOutcome> unreported,
    Surroundings around,
    Map<String, PodRef> named,
    Optional<LaterCount> later) {

  static Scene of(Evidence evidence) {
    return new Scene(
        Optional.of(evidence.report()),
        Optional.empty(),
        evidence.surroundings(),
        evidence.pods(),
        evidence.later());
  }

  static Scene without(ProbeOutcome outcome, Surroundings around) {
    return new Scene(Optional.empty(), Optional.of(outcome), around, Map.of(), Optional.empty());
  }

  Limits limits() {
    return report
        .map(seen -> Limits.of(seen, around.kubelet()))
        .or(() -> around.kubelet().map(Limits::of))
        .orElseGet(Limits::none);
  }

  Optional<PodRef> pod(Optional<String> uid) {
    return around.pod(uid).map(PodSeen::ref).or(() -> uid.map(named::get));
  }

  /** When the node was booted, by its own clock. */
  Optional<Instant> bootedAt() {
    return report
        .filter(seen -> seen.node().uptimeSeconds() > 0)
        .map(
            seen ->
                Instant.ofEpochMilli(seen.node().takenAtEpochMillis())
                    .minusSeconds(seen.node().uptimeSeconds()));
  }
}
