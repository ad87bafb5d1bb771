package io.pidcheck.bot.remedy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pidcheck.bot.act.Ending;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Story;
import io.pidcheck.bot.cluster.ClusterException;
import io.pidcheck.bot.cluster.NodeRecord;
import io.pidcheck.bot.cluster.NodeRecord.Entry;
import io.pidcheck.bot.cluster.RemedyJob;
import io.pidcheck.probe.report.KillResult;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down who asked for what, who allowed it, who was refused and how it ended: a line in the
 * log and an Event of the Node each. Never a process's name or command line: those are foreign.
 */
public final class Audit {

  private static final Logger LOG = LoggerFactory.getLogger("io.pidcheck.audit");

  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final Duration AGAIN = Duration.ofSeconds(30);
  private static final int MOST = 10_000;

  private final NodeRecord record;
  private final Clock clock;
  // only to save calls and lines: the record itself takes each entry once
  private final Cache<String, Boolean> logged = forgetful(REMEMBERED);
  private final Cache<String, Boolean> written = forgetful(REMEMBERED);
  private final Cache<String, Boolean> failed = forgetful(AGAIN);

  public Audit(NodeRecord record, Clock clock) {
    this.record = record;
    this.clock = clock;
  }

  private void requested(RemedyJob job) {
    write(job, "Requested", job.request().user(), job.request().secondNeeded() ? "waits" : "runs");
  }

  private void approved(RemedyJob job, String user) {
    write(job, "Approved", user, "runs");
  }

  /** What the Job itself says; to be told again by whoever goes on where another one ended. */
  void soFar(RemedyJob job) {
    requested(job);
    job.story()
        .released()
        .map(Story.Approval::user)
        .filter(user -> !user.equals(job.request().user()))
        .ifPresent(user -> approved(job, user));
    job.story().ending().ifPresent(ending -> ended(job, ending));
  }

  private void ended(RemedyJob job, Ending ending) {
    write(job, "Done", job.request().user(), outcome(ending));
  }

  void refused(Remedy remedy, String user, String why) {
    String text = "user=%s %s outcome=refused why=%s".formatted(user, what(remedy), why);
    String id = "refused\n" + text + "\n" + clock.millis();
    write(new Entry(remedy.seen().node(), id, reason(remedy, "Refused"), text, true), user);
  }

  private void write(RemedyJob job, String step, String user, String outcome) {
    String text =
        "user=%s %s outcome=%s job=%s%s"
            .formatted(
                user,
                what(job.remedy()),
                outcome,
                job.name(),
                job.request().dryRun() ? " dry-run=true" : "");
    String id = job.name() + "\n" + job.createdAt() + "\n" + step;
    write(new Entry(job.node(), id, reason(job.remedy(), step), text, false), user);
  }

  /** The record is not a reason to leave a sick node as it is: the log has it in any case. */
  private void write(Entry entry, String user) {
    if (logged.asMap().putIfAbsent(entry.id(), true) == null) {
      LOG.atInfo()
          .addKeyValue("node", entry.node())
          .addKeyValue("user", user)
          .addKeyValue("reason", entry.reason())
          .log("{}", entry.text());
    }
    if (written.getIfPresent(entry.id()) != null || failed.getIfPresent(entry.id()) != null) {
      return;
    }
    try {
      record.write(entry);
      written.put(entry.id(), true);
    } catch (ClusterException e) {
      failed.put(entry.id(), true);
      LOG.atWarn().addKeyValue("node", entry.node()).log("not on the Node: {}", e.getMessage());
    }
  }

  private static Cache<String, Boolean> forgetful(Duration kept) {
    return Caffeine.newBuilder().expireAfterWrite(kept).maximumSize(MOST).build();
  }

  private static String reason(Remedy remedy, String step) {
    return "Pidcheck"
        + switch (remedy) {
          case Remedy.Kill kill -> "Kill";
          case Remedy.RaisePidMax raise -> "RaisePidMax";
          case Remedy.DeletePod delete -> "DeletePod";
          case Remedy.Undo undo -> "Undo";
        }
        + step;
  }

  private static String what(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Kill kill ->
          "kill="
              + kill.targets().stream()
                  .map(
                      target ->
                          target.pid() + target.pod().map(pod -> "(" + pod.path() + ")").orElse(""))
                  .collect(Collectors.joining(","));
      case Remedy.RaisePidMax raise ->
          "pid_max=%d->%d persisted=%s".formatted(raise.from(), raise.to(), raise.persisted());
      case Remedy.DeletePod delete -> "delete-pod=" + delete.pod().path();
      case Remedy.Undo undo -> "undo=" + undo.raise();
    };
  }

  private static String outcome(Ending ending) {
    return switch (ending) {
      case Ending.Killed(KillResult result) ->
          result.targets().stream()
              .map(target -> target.pid() + ":" + target.outcome())
              .collect(Collectors.joining(","));
      case Ending.Written(var result) -> result.outcome().name();
      case Ending.PodDeleted(var outcome, var words) -> outcome.name();
      case Ending.NotStarted(var why, var words) -> "NOT_STARTED:" + why;
      case Ending.Expired() -> "EXPIRED";
      case Ending.Cancelled(var by) -> "CANCELLED:" + by;
      case Ending.Unknown unknown -> "UNKNOWN";
    };
  }
}
