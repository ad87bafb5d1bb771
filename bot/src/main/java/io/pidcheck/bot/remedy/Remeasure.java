package io.pidcheck.bot.remedy;

import io.pidcheck.bot.act.Silence;
import io.pidcheck.bot.act.Silence.Why;
import io.pidcheck.bot.cluster.CheckJob;
import io.pidcheck.bot.cluster.CheckJobs;
import io.pidcheck.bot.cluster.CheckJobs.Asked;
import io.pidcheck.bot.cluster.RemedyJob;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.EvidenceReader;
import io.pidcheck.bot.evidence.ProbeOutcome;
import io.pidcheck.bot.evidence.ProbeProgress;
import io.pidcheck.bot.evidence.Probes;
import io.pidcheck.bot.evidence.RemedyReader;

/** Looks at the node again, after an act: an ordinary check, for nobody's question. */
public final class Remeasure {

  /** How far a look is. */
  sealed interface Look {

    record Underway() implements Look {}

    record Seen(Evidence evidence, String check) implements Look {}

    record Failed(Silence silence) implements Look {}
  }

  private final CheckJobs jobs;
  private final Probes probe;
  private final EvidenceReader evidence;

  public Remeasure(CheckJobs jobs, Probes probe, EvidenceReader evidence) {
    this.jobs = jobs;
    this.probe = probe;
    this.evidence = evidence;
  }

  /**
   * Begins or goes on.
   *
   * @param which look it is of this act: the Job's name ends so
   * @throws io.pidcheck.bot.cluster.ClusterException when the API server cannot be asked
   */
  Look at(RemedyJob job, String which) {
    return switch (jobs.measure(job.name() + "-" + which, job.node())) {
      case Asked.Started started -> new Look.Underway();
      case Asked.Joined(CheckJob check) -> read(check);
      case Asked.Refused(String reason) -> new Look.Failed(new Silence(Why.NOT_TAKEN, reason));
    };
  }

  private Look read(CheckJob check) {
    return switch (probe.read(check)) {
      case ProbeProgress.Underway underway -> new Look.Underway();
      case ProbeProgress.Ended(ProbeOutcome outcome) -> look(check, outcome);
    };
  }

  private Look look(CheckJob check, ProbeOutcome outcome) {
    return switch (outcome) {
      case ProbeOutcome.Reported reported -> new Look.Seen(evidence.read(reported), check.name());
      case ProbeOutcome.NotStarted notStarted -> new Look.Failed(RemedyReader.silence(outcome));
      case ProbeOutcome.TimedOut timedOut -> new Look.Failed(RemedyReader.silence(outcome));
      case ProbeOutcome.Failed failed -> new Look.Failed(RemedyReader.silence(outcome));
      case ProbeOutcome.Unreadable unreadable -> new Look.Failed(RemedyReader.silence(outcome));
      case ProbeOutcome.NodeGone() -> new Look.Failed(RemedyReader.silence(outcome));
      case ProbeOutcome.JobDeleted() -> new Look.Failed(RemedyReader.silence(outcome));
    };
  }
}
