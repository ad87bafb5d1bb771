package io.pidcheck.bot.diagnosis;

import java.util.List;

/** How bad it is. */
public enum Level {
  HEALTHY,
  WARNING,
  CRITICAL,
  /** No ceiling could be read. */
  UNKNOWN;

  /** The level of the tightest of these ceilings. */
  public static Level of(List<LimitUse> limits) {
    return limits.stream().map(LimitUse::level).max(Level::compareTo).orElse(UNKNOWN);
  }

  Level atLeast(Level other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
