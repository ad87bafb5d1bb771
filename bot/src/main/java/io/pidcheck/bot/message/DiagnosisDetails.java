package io.pidcheck.bot.message;

import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.Surroundings;
import io.pidcheck.bot.message.Fitting.Need;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a check's result rests on, for its thread: one message, the files come beside it. */
public final class DiagnosisDetails {

  private static final int WORDS = 200;

  private DiagnosisDetails() {}

  /** Holds the place in the thread until there is something to tell. */
  public static Message toCome(Texts texts) {
    return new Message(
        texts.get("details.to-come"), List.of(new Rich().say(texts, "details.to-come").block()));
  }

  /**
   * Of a check whose probe reported.
   *
   * @param files what became of the files
   */
  public static Message of(Evidence evidence, Diagnosis diagnosis, Files files, Locale locale) {
    Texts texts = Texts.in(locale);
    FactsBlock facts = new FactsBlock(evidence, diagnosis, texts);
    EventsBlock events = new EventsBlock(diagnosis, evidence.surroundings(), texts);
    Fitting fitting =
        new Fitting()
            .always(new Rich().say(texts, "details.head").block())
            .unless(Need.NEEDED, events.used())
            .unless(Need.USEFUL, new HoldersBlock(evidence, texts).block())
            .unless(Need.USEFUL, new ThreadNamesBlock(evidence.report(), texts).block())
            .unless(Need.USEFUL, facts.facts())
            .unless(Need.GOOD_TO_KNOW, new SuspectsBlock(texts).full(diagnosis.otherSuspects()))
            .unless(Need.GOOD_TO_KNOW, events.others())
            .unless(Need.GOOD_TO_KNOW, facts.unread());
    return message(fitting, files, texts);
  }

  /** Of a check whose probe did not: empty where the cluster has nothing to tell either. */
  public static Optional<Message> without(
      Surroundings around, Diagnosis diagnosis, Files files, Locale locale) {
    if (around.events().isEmpty()) {
      return Optional.empty();
    }
    Texts texts = Texts.in(locale);
    EventsBlock events = new EventsBlock(diagnosis, around, texts);
    Fitting fitting =
        new Fitting()
            .always(new Rich().say(texts, "details.head").block())
            .unless(Need.NEEDED, events.used())
            .unless(Need.GOOD_TO_KNOW, new SuspectsBlock(texts).full(diagnosis.otherSuspects()))
            .unless(Need.GOOD_TO_KNOW, events.others());
    return Optional.of(message(fitting, files, texts));
  }

  private static Message message(Fitting fitting, Files files, Texts texts) {
    switch (files) {
      case Files.Shared shared -> {}
      case Files.NotLetIn notLetIn ->
          fitting.always(new Rich().emoji("lock").say(texts, "files.not-let-in").block());
      case Files.Refused(String why) ->
          fitting.always(
              new Rich()
                  .emoji("warning")
                  .say(texts, "files.refused")
                  .code(Foreign.line(why, WORDS))
                  .block());
    }
    return new Message(
        texts.get("details.text"), fitting.blocks(new Rich().say(texts, "details.cut").block()));
  }

  /** What became of the chart and the report as files. */
  public sealed interface Files {

    /** They are in the thread, or on their way. */
    record Shared() implements Files {}

    /** Slack lets an app share files only where it is a member. */
    record NotLetIn() implements Files {}

    /**
     * Slack would not take them.
     *
     * @param why Slack's error name, or how it could not be reached
     */
    record Refused(String why) implements Files {}
  }
}
