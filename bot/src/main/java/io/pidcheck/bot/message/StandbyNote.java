package io.pidcheck.bot.message;

import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.Means.Instead;
import java.util.Locale;

/** One line about a standby probe that is there and did not do it. */
public final class StandbyNote {

  private static final int WORDS = 300;
  private static final int MOST_BLOCKS = 50; // Slack: blocks of a message

  private StandbyNote() {}

  /** The same message, with the line at its end. */
  public static Message under(Message message, Instead why, Locale locale) {
    return message.blocks().size() < MOST_BLOCKS
        ? message.with(line(why, Texts.in(locale)).block())
        : message;
  }

  static Rich line(Instead why, Texts texts) {
    Rich line = new Rich().say(texts, "standby.instead." + why.why().name());
    return why.words().isEmpty() ? line : line.plain(" ").code(Foreign.line(why.words(), WORDS));
  }
}
