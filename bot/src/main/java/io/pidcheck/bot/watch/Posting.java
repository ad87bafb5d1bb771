package io.pidcheck.bot.watch;

import io.pidcheck.bot.chat.Announcements;
import io.pidcheck.bot.chat.Announcements.Place;
import io.pidcheck.bot.chat.Announcements.Said;
import io.pidcheck.bot.chat.Announcements.Search;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.Leadership;
import io.pidcheck.bot.incident.Post;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts a message once, although Slack has no idempotency key and the bot may end at any step: that
 * it is about to be posted is written down first; whoever finds that note and no more looks for the
 * message by its mark before it posts again. Where the channel cannot be read, twice is better than
 * never.
 */
final class Posting {

  private static final Logger LOG = LoggerFactory.getLogger(Posting.class);
  private static final Duration MARGIN = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
  private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);

  private final Announcements announcements;
  private final Leadership leadership;
  private final Pace pace;
  private final Clock clock;
  private final Duration callTakes;
  // marks that Slack has refused for certain: no need to look for them; and those that wait
  private final Map<String, Boolean> notThere = new ConcurrentHashMap<>();
  private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();
  private final Map<String, Noticed> noticed = new ConcurrentHashMap<>();

  /** A note of a post that was begun, and since when this replica knows of it by its own clock. */
  private record Noticed(Instant begunAt, Instant since) {}

  /** What Slack calls stand on. */
  record Ground(Leadership leadership, Pace pace, Clock clock) {}

  /**
   * @param callTakes the longest that a call to Slack can take
   */
  Posting(Announcements announcements, Ground ground, Duration callTakes) {
    this.announcements = announcements;
    this.leadership = ground.leadership();
    this.pace = ground.pace();
    this.clock = ground.clock();
    this.callTakes = callTakes;
  }

  /**
   * Posts, or finds what was posted.
   *
   * @param earlier what is written down of it
   * @param writeDown has to say true before anything is sent
   * @return the post as known; empty: not yet, ask again
   */
  Optional<Post> send(
      Place place, Optional<Post> earlier, Supplier<Message> message, Predicate<Post> writeDown) {
    Instant now = clock.instant();
    if (now.isBefore(notBefore.getOrDefault(place.mark(), now)) || !leads()) {
      return Optional.empty();
    }
    if (earlier.isPresent() && !isNotThere(place.mark())) {
      return find(place, earlier.get());
    }
    if (!pace.post(place.channel())) {
      return Optional.empty();
    }
    Post begun = new Post(place.channel(), "", now);
    noticed.put(place.mark(), new Noticed(now, now));
    if (!writeDown.test(begun) || !leads()) {
      return Optional.empty();
    }
    return outcome(place, begun, announcements.post(place, message.get()));
  }

  /** For certain: Slack has refused it, or it was looked for. */
  boolean isNotThere(String mark) {
    return notThere.containsKey(mark);
  }

  private Optional<Post> find(Place place, Post earlier) {
    Instant now = clock.instant();
    if (now.isBefore(since(place.mark(), earlier).plus(callTakes).plus(MARGIN))) {
      return Optional.empty(); // the other's request may still be on its way
    }
    Instant begunAt = earlier.begunAt().isBefore(now) ? earlier.begunAt() : now;
    switch (announcements.find(place, begunAt)) {
      case Search.Found(var ts) -> {
        LOG.atInfo().addKeyValue("ts", ts).log("found a message that was not written down");
        return Optional.of(earlier.knownAs(ts));
      }
      case Search.NotThere() -> notThere.put(place.mark(), true);
      case Search.CannotLook(var error) -> {
        LOG.atWarn()
            .addKeyValue("channel", place.channel())
            .log("cannot see whether it was posted, posting it: {}", error);
        notThere.put(place.mark(), true);
      }
      case Search.Later(var wait) -> pace.pause(wait);
    }
    return Optional.empty();
  }

  // The note's own time was told by another's clock, which may be wrong by any amount.
  private Instant since(String mark, Post begun) {
    return noticed
        .compute(
            mark,
            (same, was) ->
                was != null && was.begunAt().equals(begun.begunAt())
                    ? was
                    : new Noticed(begun.begunAt(), clock.instant()))
        .since();
  }

  private Optional<Post> outcome(Place place, Post begun, Said said) {
    notThere.remove(place.mark());
    switch (said) {
      case Said.Done(var ts) -> {
        return Optional.of(begun.knownAs(ts));
      }
      case Said.Later(var wait) -> {
        notThere.put(place.mark(), true);
        pace.pause(wait);
      }
      case Said.Refused(var error) -> {
        notThere.put(place.mark(), true);
        hold(place.mark(), AFTER_REFUSAL);
        LOG.atError().addKeyValue("channel", place.channel()).log("Slack refuses: {}", error);
      }
      case Said.Unknown(var words) -> {
        pace.pause(AFTER_FAILURE);
        LOG.atWarn().addKeyValue("channel", place.channel()).log("not known posted: {}", words);
      }
    }
    return Optional.empty();
  }

  /** What became of an edit. */
  enum Edited {
    DONE,
    /** Not yet, ask again. */
    LATER,
    /** Somebody deleted the message. */
    GONE
  }

  /** Edits a message to what it is to say now. */
  Edited edit(Post post, Message message) {
    Instant now = clock.instant();
    if (now.isBefore(notBefore.getOrDefault(post.ts(), now)) || !leads() || !pace.edit()) {
      return Edited.LATER;
    }
    return switch (announcements.edit(post.channel(), post.ts(), message)) {
      case Said.Done done -> Edited.DONE;
      case Said.Later(var wait) -> {
        pace.pause(wait);
        yield Edited.LATER;
      }
      case Said.Unknown unknown -> {
        pace.pause(AFTER_FAILURE);
        yield Edited.LATER;
      }
      case Said.Refused(var error) -> {
        LOG.atWarn().addKeyValue("channel", post.channel()).log("cannot edit: {}", error);
        hold(post.ts(), AFTER_REFUSAL);
        yield error.equals("message_not_found") ? Edited.GONE : Edited.LATER;
      }
    };
  }

  private void hold(String what, Duration time) {
    notBefore.put(what, clock.instant().plus(time));
  }

  // A partitioned leader stops before its successor begins: no call outlives the lease.
  private boolean leads() {
    return leadership.left().compareTo(callTakes) > 0;
  }
}
