package io.pidcheck.bot.cluster;

import java.util.Locale;
import java.util.Optional;

/**
 * Where one asker waits for the answer: a message the bot has posted and will edit.
 *
 * @param channel Slack channel id
 * @param ts the message's timestamp, its id in the channel
 * @param user Slack user id of the asker; {@link #NOBODY} where the bot looks unasked
 * @param details where what the answer rests on goes; empty where it goes nowhere
 */
public record AnswerTo(
    String channel, String ts, String user, Locale locale, Wish wish, Optional<Details> details) {

  /** In the asker's place where nobody asked. */
  public static final String NOBODY = "";

  public AnswerTo {
    if (channel.isBlank() || ts.isBlank()) {
      throw new IllegalArgumentException("an answer needs a channel and a message");
    }
  }

  public boolean unasked() {
    return user.equals(NOBODY);
  }

  /** An answer without a thread. */
  public AnswerTo(String channel, String ts, String user, Locale locale) {
    this(channel, ts, user, locale, Wish.CHECK, Optional.empty());
  }

  /** What was asked for. */
  public enum Wish {
    CHECK,
    /** The check's answer, and a write-up of it as a file. */
    REPORT
  }

  /**
   * A reply that the bot has posted before the check began, so that all that comes later is an edit
   * of a known message, which can be done twice without harm.
   *
   * @param thread timestamp of the message that the thread hangs on; Slack: never a reply's
   * @param ts the reply's timestamp
   */
  public record Details(String thread, String ts) {
    public Details {
      if (thread.isBlank() || ts.isBlank()) {
        throw new IllegalArgumentException("details need a thread and a message in it");
      }
    }
  }
}
