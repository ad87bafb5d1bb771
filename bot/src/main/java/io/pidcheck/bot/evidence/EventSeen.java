package io.pidcheck.bot.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One event, of one object; the API server adds up repetitions.
 *
 * @param type Normal or Warning
 * @param message foreign text, as it is
 * @param count how often, at least 1
 */
public record EventSeen(
    String type,
    String reason,
    String message,
    long count,
    Optional<Instant> first,
    Optional<Instant> last,
    Target object) {

  public EventSeen {
    if (count < 1) {
      throw new IllegalArgumentException("an event that happened " + count + " times");
    }
  }

  /** What the event is about. */
  public record Target(String kind, String namespace, String name) {}

  /** How long before {@code now} it last happened; never negative, clocks differ. */
  public Optional<Duration> age(Instant now) {
    return last.map(at -> at.isAfter(now) ? Duration.ZERO : Duration.between(at, now));
  }

  /** How long before {@code now} it happened first. */
  public Optional<Duration> firstAge(Instant now) {
    return first.map(at -> at.isAfter(now) ? Duration.ZERO : Duration.between(at, now));
  }
}
