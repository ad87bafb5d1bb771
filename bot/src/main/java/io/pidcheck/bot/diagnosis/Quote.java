package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.evidence.EventSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One event that a sentence rests on.
 *
 * @param age since it last happened, when the evidence was read
 */
public record Quote(
    EventSeen event, Optional<Duration> age, Signal signal, Optional<ProbeWords> probe) {

  static Quote of(EventSeen event, Instant now) {
    return new Quote(
        event, event.age(now), Signal.of(event.message()), ProbeWords.in(event.message()));
  }
}
