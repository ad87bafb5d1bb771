package io.pidcheck.bot.incident;

import java.time.Instant;

/**
 * A message that is about to be posted, or was.
 *
 * @param channel Slack channel id
 * @param ts its id there once that is known; empty while it may or may not have been posted
 * @param begunAt when the bot last set out to post it: written down before it is sent
 */
public record Post(String channel, String ts, Instant begunAt) {

  public boolean known() {
    return !ts.isEmpty();
  }

  public Post knownAs(String foundTs) {
    return new Post(channel, foundTs, begunAt);
  }
}
