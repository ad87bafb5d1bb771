package io.pidcheck.bot.diagnosis;

/**
 * How much of one ceiling is used. fork(2): EAGAIN has four causes; each is one of these.
 *
 * @param path the cgroup, empty for the node-wide ceilings
 * @param used tasks
 * @param limit tasks, as the kernel states it
 * @param free tasks that can still be created under this ceiling
 */
public record LimitUse(Kind kind, String path, long used, long limit, long free) {

  public LimitUse {
    if (limit <= 0 || used < 0 || free < 0) {
      throw new IllegalArgumentException("a ceiling of " + limit + " with " + used + " used");
    }
  }

  /** Which ceiling. */
  public enum Kind {
    PID_MAX,
    THREADS_MAX,
    CGROUP
  }

  /** 0 for unused, 1 for full; counted by what is free, so that ids held back count as used. */
  public double fullness() {
    return 1 - (double) Math.min(free, limit) / limit;
  }

  /** Used of the stated limit, as a person would divide the two numbers. */
  public double usedShare() {
    return (double) used / limit;
  }
}
