package io.pidcheck.bot.message;

import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.Means.Instead;
import java.util.Locale;

/** One line about a standby probe that is there and did not do it. */
public final class StandbyNote {

  private static final int WORDS = 300;
  private static final int MOST_BLOCKS = 50; // Slack: blocks of a message

  private StandbyNote() {}

  /** The same message, with the line at its end: a pod did it. */
  public static Message under(Message message, Instead why, Locale locale) {
    return with(message, line(why, Texts.in(locale)));
  }

  /** The same message, with the line at its end: nothing did it. */
  public static Message alone(Message message, Instead why, Locale locale) {
    return with(message, line("standby.unfit.", why, Texts.in(locale)));
  }

  /**
   * The same message, with a line at its end: the standby probe looked and may not act.
   *
   * @param taken what a pod takes as it starts, about
   * @param free what there is
   */
  public static Message actsNeedPods(Message message, long taken, long free, Locale locale) {
    return with(message, new Rich().say(Texts.in(locale), "standby.acts-need-pods", taken, free));
  }

  private static Message with(Message message, Rich line) {
    return message.blocks().size() < MOST_BLOCKS ? message.with(line.block()) : message;
  }

  static Rich line(Instead why, Texts texts) {
    return line("standby.instead.", why, texts);
  }

  private static Rich line(String texts, Instead why, Texts in) {
    Rich line = new Rich().say(in, texts + why.why().name());
    return why.words().isEmpty() ? line : line.plain(" ").code(Foreign.line(why.words(), WORDS));
  }
}
