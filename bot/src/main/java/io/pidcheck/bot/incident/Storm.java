package io.pidcheck.bot.incident;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Many nodes at once, told in one message.
 *
 * @param post the summary; empty before the bot sets out to post it
 * @param channel where it goes
 * @param deletedAt how many signs it told of when its message was found to be deleted
 * @param diagnosed the incidents that get a whole diagnosis in its thread
 * @param endedAt when the last of its incidents ended
 */
public record Storm(
    String id,
    String channel,
    Instant openedAt,
    Optional<Post> post,
    Optional<Integer> deletedAt,
    Set<String> diagnosed,
    Optional<Instant> endedAt) {

  public Storm {
    diagnosed = Set.copyOf(diagnosed);
  }

  public boolean told() {
    return post.filter(Post::known).isPresent();
  }

  public Storm posted(Post where) {
    return new Storm(
        id, channel, openedAt, Optional.of(where), Optional.empty(), diagnosed, endedAt);
  }

  public Storm diagnosing(Set<String> incidents) {
    return new Storm(id, channel, openedAt, post, deletedAt, incidents, endedAt);
  }

  public Storm over(Instant at) {
    return new Storm(id, channel, openedAt, post, deletedAt, diagnosed, Optional.of(at));
  }

  /** Somebody deleted its message when it told of so many signs. */
  public Storm deleted(int signs) {
    return new Storm(id, channel, openedAt, post, Optional.of(signs), diagnosed, endedAt);
  }

  /** There are more signs than in the message that was deleted: it is posted anew. */
  public Storm anew() {
    return new Storm(id, channel, openedAt, Optional.empty(), Optional.empty(), diagnosed, endedAt);
  }
}
