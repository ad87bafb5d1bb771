package io.pidcheck.bot.diagnosis;

import java.util.List;

/** How bad it is. */
public enum Level {
  CALM,
  WARNING,
  CRITICAL,
  /** No ceiling could be read. */
  UNKNOWN;

  // One pod start was measured to need 27 PIDs at its peak with a static binary; 60 with a JVM.
  private static final long ONE_POD_START = 60;
  private static final double NEARLY_FULL = 0.95;
  private static final double FILLING = 0.80;

  /** The level of the tightest of these ceilings. */
  public static Level of(List<LimitUse> limits) {
    return limits.stream().map(Level::of).max(Level::compareTo).orElse(UNKNOWN);
  }

  private static Level of(LimitUse limit) {
    boolean podsOnly = limit.kind() == LimitUse.Kind.CGROUP;
    if (limit.fullness() >= NEARLY_FULL || (!podsOnly && limit.free() < ONE_POD_START)) {
      return CRITICAL;
    }
    return limit.fullness() >= FILLING ? WARNING : CALM;
  }
}
