package io.pidcheck.probe.remedy;

import io.pidcheck.probe.report.Reason;
import io.pidcheck.probe.report.Reason.Why;
import io.pidcheck.probe.report.SysctlResult.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Which values may be written. */
final class Bounds {

  /** Linux: kernel/pid.c, RESERVED_PIDS: so many ids of pid_max are given out to nobody. */
  static final long RESERVED = 300;

  /** Linux: kernel/pid.c, pid_max_min and pid_max_max; outside, a write is EINVAL. */
  static final long LEAST_PID_MAX = RESERVED + 1;

  static final long MOST_PID_MAX = 4_194_304;

  private Bounds() {}

  /**
   * @param inUse the node's tasks. A cgroup has at most as many, so what is enough for all is
   *     enough for it.
   */
  static Optional<Refusal> check(List<Wish> wishes, long inUse) {
    for (Wish wish : wishes) {
      OptionalLong number = Setting.number(wish.wanted());
      if (number.isPresent()) {
        Optional<Refusal> refusal = check(wish.setting().what(), number.getAsLong(), inUse);
        if (refusal.isPresent()) {
          return refusal;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Refusal> check(String what, long value, long inUse) {
    boolean pidMax = what.equals(Setting.PID_MAX);
    if (pidMax && (value < LEAST_PID_MAX || value > MOST_PID_MAX)) {
      return Optional.of(Refusal.of(Outcome.OUT_OF_RANGE));
    }
    if (value < inUse + RESERVED) {
      Reason reason =
          Reason.of(Why.LESS_THAN_IN_USE, what, Long.toString(value), Long.toString(inUse));
      return Optional.of(Refusal.of(Outcome.BELOW_USE, reason));
    }
    return Optional.empty();
  }
}
