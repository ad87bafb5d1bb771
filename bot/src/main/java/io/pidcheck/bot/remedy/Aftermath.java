package io.pidcheck.bot.remedy;

import io.pidcheck.bot.act.Ending;
import io.pidcheck.bot.act.PodName;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Silence;
import io.pidcheck.bot.act.Story;
import io.pidcheck.bot.act.Story.After;
import io.pidcheck.bot.act.Story.Calico;
import io.pidcheck.bot.cluster.NodePod;
import io.pidcheck.bot.cluster.NodePods;
import io.pidcheck.bot.cluster.RemedyJob;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.diagnosis.LimitUse;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.remedy.Remeasure.Look;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What is looked at after an act: the node's figures, calico-node, and whether it came back. */
public final class Aftermath {

  // a pod's own grace period is 30 s unless it says otherwise
  private static final Duration POD_ENDS = Duration.ofSeconds(90);

  /** What comes next. */
  sealed interface Next {

    /** Something is under way. */
    record Wait() implements Next {}

    /** Nothing is to be told for now; it is looked at again later. */
    record Rest() implements Next {}

    record Write(Story story) implements Next {}

    record Over() implements Next {}
  }

  private final Remeasure remeasure;
  private final NodePods pods;
  private final Rules rules;
  private final Clock clock;

  public Aftermath(Remeasure remeasure, NodePods pods, Rules rules, Clock clock) {
    this.remeasure = remeasure;
    this.pods = pods;
    this.rules = rules;
    this.clock = clock;
  }

  Rules rules() {
    return rules;
  }

  Next of(RemedyJob job) {
    Story story = job.story();
    if (story.after().isEmpty()) {
      return stillEnding(job) ? new Next.Wait() : measured(job);
    }
    if (story.calico().isEmpty()) {
      return calico(job);
    }
    ComeBack comeBack = ComeBack.of(job.remedy());
    if (comeBack.possible() && story.cameBack().isEmpty()) {
      return cameBack(job, comeBack);
    }
    return new Next.Over();
  }

  /** A deleted pod that has not ended yet: its processes are still there. */
  private boolean stillEnding(RemedyJob job) {
    return job.remedy() instanceof Remedy.DeletePod(var seen, PodName pod, long frees)
        && sinceEnd(job).compareTo(POD_ENDS) < 0
        && pods.on(job.node()).stream().anyMatch(present -> present.uid().equals(pod.uid()));
  }

  private Next measured(RemedyJob job) {
    return switch (remeasure.at(job, "after")) {
      case Look.Underway() -> new Next.Wait();
      case Look.Failed(Silence silence) ->
          new Next.Write(job.story().measured(new After.NotMeasured(silence)));
      case Look.Seen(Evidence evidence, String check) ->
          new Next.Write(job.story().measured(figures(evidence, check)));
    };
  }

  private static After figures(Evidence evidence, String check) {
    Optional<LimitUse> limit = Diagnosis.of(evidence).limits().pidMax();
    return new After.Measured(
        evidence.report().use().threads(),
        limit.map(LimitUse::limit).orElse(0L),
        check,
        Instant.ofEpochMilli(evidence.report().node().takenAtEpochMillis()));
  }

  private Next calico(RemedyJob job) {
    Optional<NodePod> calico = pods.on(job.node()).stream().filter(NodePod::calicoNode).findFirst();
    if (calico.isEmpty()) {
      return new Next.Write(job.story().calico(new Calico.Absent()));
    }
    Instant acted = job.story().released().map(Story.Approval::at).orElse(job.createdAt());
    if (calico.get().ready()) {
      Optional<Instant> since = calico.get().readySince().filter(acted::isBefore);
      return new Next.Write(
          job.story()
              .calico(
                  since
                      .<Calico>map(
                          at -> new Calico.ReadyAgain(Duration.between(acted, at).toSeconds()))
                      .orElseGet(Calico.WasReady::new)));
    }
    Duration waited = Duration.between(acted, clock.instant());
    return waited.compareTo(rules.calicoWait()) < 0
        ? new Next.Wait()
        : new Next.Write(
            job.story().calico(new Calico.NotReady(waited.toSeconds(), calico.get().readyWords())));
  }

  private Next cameBack(RemedyJob job, ComeBack comeBack) {
    if (!ended(job) || sinceEnd(job).compareTo(rules.lookAgain()) < 0) {
      return ended(job) ? new Next.Rest() : new Next.Over();
    }
    return switch (remeasure.at(job, "later")) {
      case Look.Underway() -> new Next.Rest();
      case Look.Failed failed -> new Next.Over();
      case Look.Seen(Evidence evidence, String check) -> {
        OptionalLong tasks = comeBack.tasks(evidence);
        yield tasks.isPresent()
            ? new Next.Write(job.story().cameBack(tasks.getAsLong()))
            : new Next.Over();
      }
    };
  }

  /** Whether it did end something: what was not ended cannot come back. */
  private static boolean ended(RemedyJob job) {
    return job.story()
        .ending()
        .map(
            ending ->
                switch (ending) {
                  case Ending.Killed(var result) ->
                      result.targets().stream().anyMatch(target -> target.outcome().gone());
                  case Ending.PodDeleted(var outcome, var words) ->
                      outcome == Ending.Deletion.DELETED;
                  case Ending.Written written -> false;
                  case Ending.NotStarted notStarted -> false;
                  case Ending.Expired expired -> false;
                  case Ending.Cancelled cancelled -> false;
                  case Ending.Unknown unknown -> false;
                })
        .orElse(false);
  }

  private Duration sinceEnd(RemedyJob job) {
    return Duration.between(job.story().endedAt().orElse(job.createdAt()), clock.instant());
  }
}
