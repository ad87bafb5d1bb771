package io.pidcheck.bot.evidence;

import io.pidcheck.bot.cluster.CheckJob;
import io.pidcheck.bot.cluster.Means;
import io.pidcheck.bot.cluster.Means.Instead;
import io.pidcheck.bot.cluster.Means.Why;
import io.pidcheck.bot.cluster.Standbys;
import io.pidcheck.bot.evidence.ProbeOutcome.Reason;
import io.pidcheck.bot.evidence.ProbeOutcome.Source;
import io.pidcheck.bot.evidence.ProbeOutcome.Stage;
import io.pidcheck.bot.evidence.ProbeProgress.Ended;
import io.pidcheck.bot.evidence.ProbeProgress.Underway;
import io.pidcheck.bot.evidence.ReportReader.NotAReport;
import io.pidcheck.bot.evidence.StandbyReader.Said;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads a check by the standby probe from its log. Where that does not answer, soon or not at all,
 * the check gets a pod, if the node has PIDs for one.
 */
public final class ProbesByMeans implements Probes {

  // a look takes a second; one that is stuck in /proc is not waited for until the deadline
  private static final Duration ENOUGH = Duration.ofSeconds(15);

  /** The standby probe's side of it. */
  public record Standing(StandbyReader reader, Standbys standbys) {}

  private final Probes pods;
  private final Standing standing;
  private final Predicate<String> roomForPod;
  private final Clock clock;

  /**
   * @param pods for the checks that have one
   * @param roomForPod whether the node of this name has PIDs for one
   */
  public ProbesByMeans(Probes pods, Standing standing, Predicate<String> roomForPod, Clock clock) {
    this.pods = pods;
    this.standing = standing;
    this.roomForPod = roomForPod;
    this.clock = clock;
  }

  @Override
  public ProbeProgress read(CheckJob job) {
    return switch (job.means()) {
      case Means.Pod pod -> pods.read(job);
      case Means.Standby order ->
          job.state() instanceof CheckJob.State.Deleted ? pods.read(job) : read(job, order);
    };
  }

  @Override
  public List<EventSeen> said(CheckJob job) {
    return pods.said(job);
  }

  private ProbeProgress read(CheckJob job, Means.Standby order) {
    boolean overdue = order.overdue(job.createdAt(), clock.instant());
    return switch (standing.reader().said(order, job.createdAt())) {
      case Said.Done(String result) -> reported(job, result);
      case Said.Begun() ->
          clock.instant().isBefore(job.createdAt().plus(ENOUGH))
              ? new Underway(Stage.STANDBY, "")
              : another(job, new Instead(Why.FAILED, ""));
      case Said.Ended() -> another(job, new Instead(Why.FAILED, ""));
      case Said.Refused(String why) -> another(job, new Instead(Why.REFUSED, why));
      case Said.Failed(String why) -> another(job, new Instead(Why.FAILED, why));
      case Said.Gone(String words) -> another(job, new Instead(Why.NOT_RUNNING, words));
      case Said.Unreadable(String words) ->
          overdue
              ? another(job, new Instead(Why.LOG_UNREADABLE, words))
              : new Underway(Stage.STANDBY, words);
      case Said.Nothing() ->
          overdue
              ? another(job, new Instead(Why.SILENT, standing.reader().complaint(order)))
              : new Underway(Stage.STANDBY, "");
    };
  }

  private ProbeProgress reported(CheckJob job, String result) {
    try {
      return new Ended(
          new ProbeOutcome.Reported(ReportReader.read(result, job.node()), Source.STANDBY));
    } catch (NotAReport e) {
      return another(job, new Instead(Why.FAILED, e.why()));
    }
  }

  private ProbeProgress another(CheckJob job, Instead why) {
    if (!roomForPod.test(job.node())) {
      return new Ended(new ProbeOutcome.NotStarted(Reason.STANDBY_FAILED, words(why)));
    }
    standing.standbys().sendPod(job.name(), why);
    return new Underway(Stage.JOB_CREATED, words(why));
  }

  /** For a line of code: the reason's word, and what was said. */
  private static String words(Instead why) {
    String word = "standby probe: " + why.why().name();
    return why.words().isEmpty() ? word : word + ": " + why.words();
  }
}
