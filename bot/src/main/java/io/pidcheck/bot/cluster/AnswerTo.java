package io.pidcheck.bot.cluster;

import java.util.Locale;

/**
 * Where one asker waits for the answer: a message the bot has posted and will edit.
 *
 * @param channel Slack channel id
 * @param ts the message's timestamp, its id in the channel
 * @param user Slack user id of the asker
 */
public record AnswerTo(String channel, String ts, String user, Locale locale) {

  public AnswerTo {
    if (channel.isBlank() || ts.isBlank() || user.isBlank()) {
      throw new IllegalArgumentException("an answer needs a channel, a message and an asker");
    }
  }
}
