package io.pidcheck.bot.evidence;

import io.pidcheck.bot.act.ActJson;
import io.pidcheck.bot.act.Ending;
import io.pidcheck.bot.act.Silence;
import io.pidcheck.bot.act.Story;
import io.pidcheck.bot.cluster.ClusterException;
import io.pidcheck.bot.cluster.Means;
import io.pidcheck.bot.cluster.Means.Instead;
import io.pidcheck.bot.cluster.Means.Why;
import io.pidcheck.bot.cluster.RemedyJob;
import io.pidcheck.bot.evidence.ProbeOutcome.Stage;
import io.pidcheck.bot.evidence.ProbesByMeans.Standing;
import io.pidcheck.bot.evidence.StandbyReader.Said;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Reads how a remedy fares that a standby probe was told to do. What that has begun is its own: no
 * pod is started for it any more, and where its end is not heard of, that is what is told.
 */
public final class RemedyByStandby {

  private final Standing standing;
  private final Duration deadline;
  private final Clock clock;

  /**
   * @param deadline from the release to its end
   */
  public RemedyByStandby(Standing standing, Duration deadline, Clock clock) {
    this.standing = standing;
    this.deadline = deadline;
    this.clock = clock;
  }

  /**
   * @throws ClusterException when the API server cannot be asked: look again later
   */
  RemedyProgress read(RemedyJob job, Means.Standby order) {
    return switch (standing.reader().said(order, job.createdAt())) {
      case Said.Done(String result) -> over(job, result);
      case Said.Begun() ->
          late(job)
              ? unknown(Silence.Why.STANDBY_SILENT, "")
              : new RemedyProgress.Underway(Stage.STANDBY, "");
      case Said.Ended() -> unknown(Silence.Why.STANDBY_ENDED, "");
      case Said.Failed(String why) -> unknown(Silence.Why.STANDBY_FAILED, why);
      case Said.Refused(String why) -> unheard(job, order, new Instead(Why.REFUSED, why));
      case Said.Gone(String words) -> unheard(job, order, new Instead(Why.NOT_RUNNING, words));
      case Said.Unreadable(String words) ->
          late(job)
              ? unknown(Silence.Why.STANDBY_UNHEARD, words)
              : new RemedyProgress.Underway(Stage.STANDBY, words);
      case Said.Nothing() ->
          order.overdue(job.createdAt(), clock.instant())
              ? unheard(job, order, new Instead(Why.SILENT, standing.reader().complaint(order)))
              : new RemedyProgress.Underway(Stage.STANDBY, "");
    };
  }

  private static RemedyProgress over(RemedyJob job, String result) {
    return ActJson.result(result)
        .filter(said -> said.node().equals(job.node()))
        .<RemedyProgress>map(said -> new RemedyProgress.Over(RemedyReader.ending(said)))
        .orElseGet(() -> unknown(Silence.Why.UNREADABLE, ""));
  }

  private RemedyProgress unheard(RemedyJob job, Means.Standby order, Instead why) {
    return switch (standing.reader().forerunner(order)) {
      case Said.Nothing(), Said.Refused(_) -> pod(job, why);
      case Said.Done(String result) -> over(job, result);
      case Said.Failed(String reason) -> unknown(Silence.Why.STANDBY_FAILED, reason);
      case Said.Begun(), Said.Ended(), Said.Gone(_) -> unknown(Silence.Why.STANDBY_ENDED, "");
      case Said.Unreadable(String words) ->
          late(job)
              ? unknown(Silence.Why.STANDBY_UNHEARD, words)
              : new RemedyProgress.Underway(Stage.STANDBY, words);
    };
  }

  private RemedyProgress pod(RemedyJob job, Instead why) {
    standing.standbys().sendPod(job.name(), why);
    return new RemedyProgress.Underway(Stage.JOB_CREATED, why.words());
  }

  private static RemedyProgress unknown(Silence.Why why, String words) {
    return new RemedyProgress.Over(new Ending.Unknown(new Silence(why, words)));
  }

  private boolean late(RemedyJob job) {
    Instant began = job.story().released().map(Story.Approval::at).orElse(job.createdAt());
    return clock.instant().isAfter(began.plus(deadline));
  }
}
