package io.pidcheck.bot.watch;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * When warnings wait until the end of it.
 *
 * @param from inclusive
 * @param to exclusive; before {@code from} where the hours span midnight
 */
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {

  boolean at(Instant instant) {
    LocalTime time = LocalTime.ofInstant(instant, zone);
    return from.isBefore(to)
        ? !time.isBefore(from) && time.isBefore(to)
        : !time.isBefore(from) || time.isBefore(to);
  }
}
