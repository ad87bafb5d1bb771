package io.pidcheck.bot.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps Slack's rates. What has to wait is not queued: its text is made when its turn comes, so
 * many changes of one message become one edit.
 */
final class Pace {

  // Slack: about one post a second and channel; 50 edits a minute, of which people's checks need
  // some
  static final Duration POSTS = Duration.ofMillis(1_100);
  static final Duration EDITS = Duration.ofMillis(1_500);
  private static final int EDITS_AT_ONCE = 10;

  private final Clock clock;
  private final Map<String, Instant> notBefore = new HashMap<>();
  private Instant editsFrom = Instant.EPOCH;

  Pace(Clock clock) {
    this.clock = clock;
  }

  /** May a message be posted in that channel now? It is then taken as posted. */
  synchronized boolean post(String channel) {
    Instant now = clock.instant();
    if (now.isBefore(notBefore.getOrDefault("", now))
        || now.isBefore(notBefore.getOrDefault(channel, now))) {
      return false;
    }
    notBefore.put(channel, now.plus(POSTS));
    return true;
  }

  /** May a message be edited now? It is then taken as edited. */
  synchronized boolean edit() {
    Instant now = clock.instant();
    Instant full = now.minus(EDITS.multipliedBy(EDITS_AT_ONCE));
    Instant from = editsFrom.isBefore(full) ? full : editsFrom;
    Instant next = from.plus(EDITS);
    if (now.isBefore(notBefore.getOrDefault("", now)) || next.isAfter(now)) {
      return false;
    }
    editsFrom = next;
    return true;
  }

  /** Slack wants peace, or cannot be reached. */
  synchronized void pause(Duration wait) {
    Instant until = clock.instant().plus(wait);
    notBefore.merge("", until, (before, now) -> before.isAfter(now) ? before : now);
  }
}
