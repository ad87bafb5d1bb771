package io.pidcheck.bot.local.slack.workspace;

import java.util.Optional;

/** A message about to be posted. */
public record Draft(
    String channel,
    String user,
    Content content,
    Optional<String> threadTs,
    Optional<String> ephemeralTo) {

  public static Draft by(String user, String channel, Content content) {
    return new Draft(channel, user, content, Optional.empty(), Optional.empty());
  }

  public Draft inThread(Optional<String> ts) {
    return new Draft(channel, user, content, ts, ephemeralTo);
  }

  public Draft onlyFor(String person) {
    return new Draft(channel, user, content, threadTs, Optional.of(person));
  }
}
