package io.pidcheck.bot.check;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Metrics;
import io.pidcheck.bot.chat.Conversation;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.chat.SlackProblem;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.cluster.CheckJob;
import io.pidcheck.bot.cluster.CheckJobs;
import io.pidcheck.bot.cluster.ClusterException;
import io.pidcheck.bot.cluster.Means;
import io.pidcheck.bot.cluster.ProbePod;
import io.pidcheck.bot.cluster.SecondTry;
import io.pidcheck.bot.diagnosis.Signal;
import io.pidcheck.bot.evidence.KubeletFigures;
import io.pidcheck.bot.evidence.ProbeOutcome;
import io.pidcheck.bot.evidence.ProbeOutcome.Stage;
import io.pidcheck.bot.evidence.ProbeProgress.Ended;
import io.pidcheck.bot.evidence.ProbeProgress.Underway;
import io.pidcheck.bot.message.CheckMessages;
import io.pidcheck.bot.message.StandbyNote;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what becomes of a check's Job into the messages of those who wait. All it knows is in the
 * Job; to answer is to edit one known message, so doing it twice is harmless.
 */
public final class Answers {

  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration QUICK = Duration.ofSeconds(1);
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final int MOST = 10_000;

  /** What stands in the messages. */
  private record Shown(
      Underway underway, Optional<KubeletFigures> figures, List<AnswerTo> answers) {}

  /** What the work runs on. */
  public record Work(Executor threads, Clock clock) {}

  /** The checks, and what makes a second one of one that died. */
  public record Tries(CheckJobs jobs, SecondTry second) {}

  /** What goes with an answer: in its thread, and below it. */
  public record Around(Details details, Footer footer) {}

  private final Conversation conversation;
  private final Readers readers;
  private final Footer footer;
  private final CheckJobs jobs;
  private final SecondTry secondTry;
  private final Details details;
  private final Serially serially;
  private final Soon soon;
  private final Clock clock;

  // All of these are only to save calls: what they forget is looked up or said once more.
  private final Cache<String, Shown> shown = forgetful();
  private final Cache<String, KubeletFigures> figures = forgetful();
  private final Cache<String, List<AnswerTo>> answered = forgetful();
  private final Cache<String, Instant> notBefore = forgetful();

  public Answers(
      Conversation conversation, Readers readers, Tries tries, Around around, Work work) {
    this.conversation = conversation;
    this.readers = readers;
    this.jobs = tries.jobs();
    this.secondTry = tries.second();
    this.details = around.details();
    this.footer = around.footer();
    this.serially = new Serially(work.threads());
    this.soon = new Soon(work.threads());
    this.clock = work.clock();
  }

  /** Looks at a check again, soon, on a thread of its own. */
  public void changed(CheckJob job) {
    if (!job.reported()) {
      serially.run(job.name(), () -> advance(job));
    }
  }

  private void advance(CheckJob job) {
    Instant pause = notBefore.getIfPresent(job.name());
    if (job.answers().equals(answered.getIfPresent(job.name()))
        || (pause != null && clock.instant().isBefore(pause))) {
      return;
    }
    try {
      switch (readers.probe().read(job)) {
        case Underway underway -> {
          if (underway.stage() == Stage.STANDBY) {
            soon.again(job.name(), () -> changed(job));
          }
          progress(job, underway);
        }
        case Ended(var outcome) -> finish(job, outcome);
      }
    } catch (ClusterException | SlackProblem e) {
      notBefore.put(job.name(), clock.instant().plus(AFTER_FAILURE));
      LOG.atWarn()
          .addKeyValue("job", job.name())
          .addKeyValue("node", job.node())
          .log("trying again in {}: {}", AFTER_FAILURE, e.getMessage());
    }
  }

  /** What is quick needs no progress, only its result. */
  private void progress(CheckJob job, Underway underway) {
    Optional<KubeletFigures> figures = figures(job);
    boolean young =
        clock.instant().isBefore(job.createdAt().plus(QUICK)) && job.firstTry().isEmpty();
    boolean nothingYet =
        underway.words().isEmpty() && figures.filter(KubeletFigures::any).isEmpty();
    Shown now = new Shown(underway, figures, job.answers());
    if ((young && nothingYet) || now.equals(shown.getIfPresent(job.name()))) {
      return;
    }
    CheckMessages.Checking checking = new CheckMessages.Checking(job.node(), job.firstTry());
    edit(job, answer -> Optional.of(CheckMessages.progress(checking, answer, underway, figures)));
    shown.put(job.name(), now);
  }

  /** What the kubelet counted last; while it is asked anew, what it said before. */
  private Optional<KubeletFigures> figures(CheckJob job) {
    CompletableFuture<KubeletFigures> whole = readers.evidence().kubelet(job.node()).whole();
    if (whole.isDone()) {
      figures.put(job.node(), whole.join());
    } else {
      var _ = whole.thenRun(() -> changed(job));
    }
    return Optional.ofNullable(figures.getIfPresent(job.node()));
  }

  private void finish(CheckJob job, ProbeOutcome outcome) {
    if (triedAgain(job, outcome)) {
      return;
    }
    Finding finding = Finding.of(job, outcome, readers);
    edit(job, answer -> below(job, answer, finding));
    job.answers().forEach(answer -> details.tell(job, answer, finding));
    if (!jobs.markReported(job)) {
      return; // somebody joined meanwhile: the Job's new state comes with the next change
    }
    answered.put(job.name(), job.answers());
    Metrics.timer("pidcheck.checks", "outcome", outcome.getClass().getSimpleName())
        .record(Duration.between(job.createdAt(), clock.instant()));
    LOG.atInfo()
        .addKeyValue("job", job.name())
        .addKeyValue("node", job.node())
        .addKeyValue("outcome", outcome.getClass().getSimpleName())
        .addKeyValue("took", Duration.between(job.createdAt(), clock.instant()))
        .log("check answered");
  }

  /**
   * Where the probe met a moment without PIDs, another second may do; its answer is the second's.
   */
  private boolean triedAgain(CheckJob job, ProbeOutcome outcome) {
    Optional<String> refusal = refusal(outcome);
    if (refusal.isEmpty()
        || !(job.means() instanceof Means.Pod)
        || !secondTry.of(job, refusal.get())) {
      return false;
    }
    if (jobs.markReported(job)) {
      answered.put(job.name(), job.answers());
      LOG.atInfo()
          .addKeyValue("job", job.name())
          .addKeyValue("node", job.node())
          .addKeyValue("outcome", outcome.getClass().getSimpleName())
          .log("the probe could not start: tried once more");
    }
    return true;
  }

  /** What the node said that looks like a lack of PIDs; a bad image is bad the second time too. */
  private static Optional<String> refusal(ProbeOutcome outcome) {
    return switch (outcome) {
      case ProbeOutcome.Failed(int exitCode, String words) ->
          Optional.of(words).filter(said -> Signal.of(said).strong());
      case ProbeOutcome.NotStarted(ProbeOutcome.Reason reason, String words) ->
          Optional.of(words)
              .filter(said -> reason == ProbeOutcome.Reason.CANNOT_START)
              .filter(said -> Signal.of(said).strong() || Signal.of(said) instanceof Signal.Weak);
      case ProbeOutcome.Reported reported -> Optional.empty();
      case ProbeOutcome.TimedOut timedOut -> Optional.empty();
      case ProbeOutcome.Unreadable unreadable -> Optional.empty();
      case ProbeOutcome.NodeGone gone -> Optional.empty();
      case ProbeOutcome.JobDeleted deleted -> Optional.empty();
    };
  }

  private Optional<Message> below(CheckJob job, AnswerTo answer, Finding finding) {
    Message found = finding.message(answer);
    Message message =
        switch (job.means()) {
          case Means.Pod(var instead) ->
              instead.map(why -> StandbyNote.under(found, why, answer.locale())).orElse(found);
          case Means.Standby order -> actsNeedPods(job, finding, found, answer.locale());
        };
    return finding instanceof Finding.Whole(var evidence, var diagnosis)
        ? footer.under(new Footer.Found(job, evidence, diagnosis), answer, message)
        : Optional.of(message);
  }

  /** The buttons are there all the same: PIDs may come free until somebody presses one. */
  private Message actsNeedPods(CheckJob job, Finding finding, Message message, Locale locale) {
    OptionalLong free = finding.free();
    return free.isPresent() && free.getAsLong() < ProbePod.START_TAKES && jobs.looksOnly(job.node())
        ? StandbyNote.actsNeedPods(message, ProbePod.START_TAKES, free.getAsLong(), locale)
        : message;
  }

  private void edit(CheckJob job, Function<AnswerTo, Optional<Message>> message) {
    for (AnswerTo answer : job.answers()) {
      try {
        message
            .apply(answer)
            .ifPresent(text -> conversation.update(answer.channel(), answer.ts(), text));
      } catch (SlackProblem problem) {
        if (!problem.lost()) {
          throw problem;
        }
        LOG.atWarn()
            .addKeyValue("job", job.name())
            .addKeyValue("channel", answer.channel())
            .log("the message is gone, its answer with it: {}", problem.error());
      }
    }
  }

  private static <V> Cache<String, V> forgetful() {
    return Caffeine.newBuilder().expireAfterAccess(REMEMBERED).maximumSize(MOST).build();
  }
}
