package io.pidcheck.bot.check;

import io.pidcheck.bot.chat.Attachment;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.cluster.AnswerTo.Wish;
import io.pidcheck.bot.cluster.CheckJob;
import io.pidcheck.bot.cluster.ClusterException;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.diagnosis.LimitUse;
import io.pidcheck.bot.evidence.EventSeen;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.ProbeOutcome;
import io.pidcheck.bot.evidence.ProbeOutcome.Reported;
import io.pidcheck.bot.evidence.Surroundings;
import io.pidcheck.bot.message.CheckFiles;
import io.pidcheck.bot.message.CheckMessages;
import io.pidcheck.bot.message.DiagnosisDetails;
import io.pidcheck.bot.message.DiagnosisDetails.Files;
import io.pidcheck.bot.message.DiagnosisMessage;
import io.pidcheck.bot.message.WriteUp;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** What a check that ended found out, and how it is told. */
sealed interface Finding {

  /** The probe reported. */
  record Whole(Evidence evidence, Diagnosis diagnosis) implements Finding {}

  /** The probe did not; what the cluster says is there all the same. */
  record Partial(String node, ProbeOutcome outcome, Surroundings around, Diagnosis diagnosis)
      implements Finding {}

  /** There is nothing left to look at. */
  record Nothing(String node, ProbeOutcome outcome) implements Finding {}

  /**
   * @throws ClusterException when the API server cannot be asked
   */
  static Finding of(CheckJob job, ProbeOutcome outcome, Readers readers) {
    String node = job.node();
    return switch (outcome) {
      case Reported reported -> {
        // of a first try that died the second one's report says nothing
        List<EventSeen> died =
            job.firstTry().isPresent() ? readers.probe().said(job) : List.<EventSeen>of();
        Evidence found = readers.evidence().read(reported, died);
        yield new Whole(found, Diagnosis.of(found));
      }
      case ProbeOutcome.NodeGone gone -> new Nothing(node, gone);
      case ProbeOutcome.JobDeleted deleted -> new Nothing(node, deleted);
      case ProbeOutcome.NotStarted notStarted -> partial(job, notStarted, readers);
      case ProbeOutcome.TimedOut timedOut -> partial(job, timedOut, readers);
      case ProbeOutcome.Failed failed -> partial(job, failed, readers);
      case ProbeOutcome.Unreadable unreadable -> partial(job, unreadable, readers);
    };
  }

  private static Finding partial(CheckJob job, ProbeOutcome outcome, Readers readers) {
    Surroundings around = readers.evidence().around(job.node(), readers.probe().said(job));
    return new Partial(job.node(), outcome, around, Diagnosis.without(outcome, around));
  }

  /** How many PIDs are free by the probe's own count; empty where it did not count. */
  default OptionalLong free() {
    return switch (this) {
      case Whole(var evidence, var diagnosis) ->
          Stream.of(diagnosis.limits().binding(), diagnosis.limits().pidMax())
              .flatMap(Optional::stream)
              .mapToLong(LimitUse::free)
              .min();
      case Partial partial -> OptionalLong.empty();
      case Nothing nothing -> OptionalLong.empty();
    };
  }

  /** The message that takes the place of "checking ...". */
  default Message message(AnswerTo answer) {
    return switch (this) {
      case Whole(var evidence, var diagnosis) -> DiagnosisMessage.of(evidence, diagnosis, answer);
      case Partial(var node, var outcome, var around, var diagnosis) ->
          DiagnosisMessage.without(
              outcome, around, diagnosis, new DiagnosisMessage.Target(node, answer));
      case Nothing(var node, var outcome) -> CheckMessages.ended(node, answer, outcome);
    };
  }

  /** What goes to the thread; empty where there is nothing to tell. */
  default Optional<Message> details(Files files, Locale locale) {
    return switch (this) {
      case Whole(var evidence, var diagnosis) ->
          Optional.of(DiagnosisDetails.of(evidence, diagnosis, files, locale));
      case Partial partial ->
          DiagnosisDetails.without(partial.around(), partial.diagnosis(), files, locale);
      case Nothing nothing -> Optional.empty();
    };
  }

  /** What is attached there. */
  default List<Attachment> files(AnswerTo answer) {
    Locale locale = answer.locale();
    Stream<Attachment> files =
        switch (this) {
          case Whole(var evidence, var diagnosis) ->
              Stream.concat(
                  chart(evidence, diagnosis, locale).stream(),
                  Stream.of(CheckFiles.evidence(evidence, locale)));
          case Partial(var node, var outcome, var around, var diagnosis) ->
              around.events().isEmpty()
                  ? Stream.empty()
                  : Stream.of(CheckFiles.evidence(node, around, locale));
          case Nothing nothing -> Stream.empty();
        };
    return answer.wish() == Wish.REPORT
        ? Stream.concat(writeUp(locale).stream(), files).toList()
        : files.toList();
  }

  private Optional<Attachment> writeUp(Locale locale) {
    return switch (this) {
      case Whole(var evidence, var diagnosis) ->
          Optional.of(WriteUp.of(evidence, diagnosis, locale));
      case Partial(var node, var outcome, var around, var diagnosis) ->
          Optional.of(
              WriteUp.without(new WriteUp.Unreported(node, outcome, around), diagnosis, locale));
      case Nothing nothing -> Optional.empty();
    };
  }

  /** Drawing rests on native libraries: where they fail, the answer must not. */
  private static Optional<Attachment> chart(Evidence evidence, Diagnosis diagnosis, Locale locale) {
    try {
      return Optional.of(CheckFiles.chart(evidence, diagnosis, locale));
    } catch (RuntimeException | LinkageError | InternalError e) {
      LoggerFactory.getLogger(Finding.class)
          .atError()
          .addKeyValue("node", evidence.report().node().name())
          .setCause(e)
          .log("the chart cannot be drawn");
      return Optional.empty();
    }
  }
}
