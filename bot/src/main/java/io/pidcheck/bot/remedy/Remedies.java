package io.pidcheck.bot.remedy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pidcheck.bot.act.Ending;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Silence;
import io.pidcheck.bot.act.Story;
import io.pidcheck.bot.chat.SlackProblem;
import io.pidcheck.bot.check.Serially;
import io.pidcheck.bot.check.Soon;
import io.pidcheck.bot.cluster.ActNotes;
import io.pidcheck.bot.cluster.CheckJob;
import io.pidcheck.bot.cluster.ClusterException;
import io.pidcheck.bot.cluster.NodePods;
import io.pidcheck.bot.cluster.RemedyJob;
import io.pidcheck.bot.cluster.RemedyJobs;
import io.pidcheck.bot.evidence.ProbeOutcome.Stage;
import io.pidcheck.bot.evidence.RemedyProgress;
import io.pidcheck.bot.evidence.RemedyReader;
import io.pidcheck.bot.message.RemedyMessage.Phase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries each claimed act to its end: wait for the second person, run, read what it did, measure
 * again, watch calico-node, say so. Each step is written in the act's Job before it is told, so
 * that any replica goes on where another one ended; to tell is to edit one known message.
 */
public final class Remedies {

  private static final Logger LOG = LoggerFactory.getLogger(Remedies.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final int MOST = 10_000;
  private static final int STEPS = 10;

  /** The cluster, as acts need it. */
  public record Cluster(RemedyJobs jobs, ActNotes notes, RemedyReader reader, NodePods pods) {}

  /** What the work runs on. */
  public record Work(Executor threads, Clock clock) {}

  private final Cluster cluster;
  private final Aftermath aftermath;
  private final Telling telling;
  private final Rules rules;
  private final Serially serially;
  private final Soon soon;
  private final Clock clock;

  // only to save calls: what it forgets is tried at once
  private final Cache<String, Instant> notBefore =
      Caffeine.newBuilder().expireAfterAccess(REMEMBERED).maximumSize(MOST).build();

  public Remedies(Cluster cluster, Aftermath aftermath, Telling telling, Work work) {
    this.cluster = cluster;
    this.aftermath = aftermath;
    this.telling = telling;
    this.rules = aftermath.rules();
    this.serially = new Serially(work.threads());
    this.soon = new Soon(work.threads());
    this.clock = work.clock();
  }

  /** Looks at an act again, soon, on a thread of its own. */
  public void changed(RemedyJob job) {
    if (!job.reported()) {
      serially.run(job.name(), () -> advance(job));
    }
  }

  private void advance(RemedyJob job) {
    Instant pause = notBefore.getIfPresent(job.name());
    if (pause != null && clock.instant().isBefore(pause)) {
      return;
    }
    try {
      Optional<RemedyJob> next = Optional.of(job);
      for (int steps = 0; next.isPresent() && steps < STEPS; steps++) {
        next = step(next.get());
      }
    } catch (ClusterException | SlackProblem e) {
      notBefore.put(job.name(), clock.instant().plus(AFTER_FAILURE));
      LOG.atWarn()
          .addKeyValue("job", job.name())
          .addKeyValue("node", job.node())
          .log("trying again in {}: {}", AFTER_FAILURE, e.getMessage());
    }
  }

  /** One step further; empty where there is nothing to do but to wait. */
  private Optional<RemedyJob> step(RemedyJob job) {
    telling.audit(job); // first, and again: the bot may have been killed right after the claim
    if (job.state() instanceof CheckJob.State.Deleted) {
      return gone(job);
    }
    cluster.notes().keep(job);
    Optional<Ending> ending = job.story().ending();
    if (ending.isEmpty()) {
      return job.waits() ? await(job) : run(job);
    }
    if (ending.get().neverActed() || job.request().dryRun()) {
      return finish(job);
    }
    Aftermath.Next next = aftermath.of(job);
    return switch (next) {
      case Aftermath.Next.Wait() -> {
        telling.tell(job, new Phase.Ended(Undoing.of(job), true));
        yield Optional.empty();
      }
      case Aftermath.Next.Rest() -> {
        telling.tell(job, new Phase.Ended(Undoing.of(job), false));
        yield Optional.empty();
      }
      case Aftermath.Next.Write(Story story) -> cluster.jobs().tell(job, story);
      case Aftermath.Next.Over() -> finish(job);
    };
  }

  private Optional<RemedyJob> await(RemedyJob job) {
    if (expired(job)) {
      return end(job, new Ending.Expired());
    }
    telling.tell(job, new Phase.Waiting(job.createdAt().plus(rules.approvalExpiry())));
    return Optional.empty();
  }

  boolean expired(RemedyJob job) {
    return !clock.instant().isBefore(job.createdAt().plus(rules.approvalExpiry()));
  }

  void cancel(RemedyJob job, String user) {
    end(job, new Ending.Cancelled(user)).ifPresent(this::changed);
  }

  private Optional<RemedyJob> run(RemedyJob job) {
    if (job.remedy() instanceof Remedy.DeletePod(var seen, var pod, var frees)) {
      return end(job, cluster.pods().delete(pod, job.request().dryRun()));
    }
    return switch (cluster.reader().read(job)) {
      case RemedyProgress.Underway(var stage, var words) -> {
        if (stage == Stage.STANDBY) {
          soon.again(job.name(), () -> changed(job));
        }
        telling.tell(job, new Phase.Executing(words));
        yield Optional.empty();
      }
      case RemedyProgress.Over(Ending ending) -> end(job, ending);
    };
  }

  private Optional<RemedyJob> end(RemedyJob job, Ending ending) {
    return cluster.jobs().tell(job, job.story().ended(ending, clock.instant()));
  }

  /** Its Job was deleted: nothing more is done, and what is known of it is its last word. */
  private Optional<RemedyJob> gone(RemedyJob job) {
    Optional<Ending> ending = job.story().ending().or(() -> lastSeen(job));
    if (ending.isEmpty()) {
      telling.tell(job, new Phase.Executing(""));
      return Optional.empty(); // its pod outlived it, and is looked at again
    }
    RemedyJob ended =
        job.story().ending().isPresent()
            ? job
            : job.with(job.story().ended(ending.get(), clock.instant()));
    telling.audit(ended);
    telling.ended(ended);
    cluster.notes().forget(job);
    return Optional.empty();
  }

  private Optional<Ending> lastSeen(RemedyJob job) {
    if (job.waits()) {
      return Optional.of(new Ending.NotStarted("JOB_GONE", "")); // it had no pod yet
    }
    if (job.remedy() instanceof Remedy.DeletePod) {
      return Optional.of(new Ending.Unknown(new Silence(Silence.Why.JOB_GONE, "")));
    }
    return switch (cluster.reader().read(job)) {
      case RemedyProgress.Underway underway -> Optional.empty();
      case RemedyProgress.Over(Ending ending) -> Optional.of(ending);
    };
  }

  /** Noted before it is so: a note that says that it waits is proof that it never ran. */
  void releasing(RemedyJob job, String approver) {
    cluster.notes().keep(job.with(job.story().releasedBy(approver, clock.instant())));
  }

  private Optional<RemedyJob> finish(RemedyJob job) {
    telling.ended(job);
    cluster.notes().forget(job);
    cluster.jobs().markReported(job);
    telling.cameBack(job); // after the mark: rather once than twice, and the message says it too
    return Optional.empty();
  }
}
