package io.pidcheck.bot.local.slack.workspace;

import java.util.List;
import java.util.Optional;

/**
 * A message in a channel.
 *
 * @param ts its id within the channel, seconds and a counter: {@code 1700000000.000100}
 * @param threadTs the message that it replies to
 * @param user its author's id
 * @param ephemeralTo the only person who sees it
 * @param editedTs when it was last changed
 * @param reactions in the order in which they were first given
 */
public record Message(
    String ts,
    Optional<String> threadTs,
    String channel,
    String user,
    Content content,
    Optional<String> ephemeralTo,
    Optional<String> editedTs,
    List<Reaction> reactions) {

  /** One person's emoji on a message. */
  public record Reaction(String name, String user) {}

  public Message {
    reactions = List.copyOf(reactions);
  }

  public boolean isByBot() {
    return user.equals(Directory.BOT.id());
  }

  public boolean isEphemeral() {
    return ephemeralTo.isPresent();
  }

  public boolean isVisibleTo(String userId) {
    return ephemeralTo.map(userId::equals).orElse(true);
  }

  public boolean isReply() {
    return threadTs.isPresent();
  }

  Message changedTo(Content newContent, String at) {
    return new Message(
        ts, threadTs, channel, user, newContent, ephemeralTo, Optional.of(at), reactions);
  }

  Message withReactions(List<Reaction> newReactions) {
    return new Message(ts, threadTs, channel, user, content, ephemeralTo, editedTs, newReactions);
  }
}
