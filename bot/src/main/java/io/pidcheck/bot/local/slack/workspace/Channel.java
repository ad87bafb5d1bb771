package io.pidcheck.bot.local.slack.workspace;

import java.util.Optional;

/**
 * A public channel, or the direct messages between one person and the bot.
 *
 * @param user the person, for direct messages; empty for a public channel
 */
public record Channel(String id, String name, String topic, Optional<String> user) {

  public boolean isDirect() {
    return user.isPresent();
  }

  /** A public channel is open to everyone, direct messages only to their person. */
  public boolean isOpenTo(String userId) {
    return user.map(userId::equals).orElse(true);
  }
}
