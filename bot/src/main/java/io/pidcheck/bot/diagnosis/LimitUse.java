package io.pidcheck.bot.diagnosis;

/**
 * How much of one ceiling is used. fork(2): EAGAIN has four causes; each is one of these.
 *
 * @param path the cgroup; the user id for {@link Kind#NPROC}; empty for the node-wide ceilings
 * @param used tasks; for {@link Kind#NPROC} at least so many, as only the biggest processes are
 *     known by their user
 * @param limit tasks, as the kernel states it
 * @param free tasks that can still be created under this ceiling
 */
public record LimitUse(Kind kind, Scope scope, String path, long used, long limit, long free) {

  // One pod start was measured to need 27 PIDs at its peak with a static binary; 60 with a JVM.
  private static final long ONE_POD_START = 60;
  private static final double NEARLY_FULL = 0.95;
  private static final double FILLING = 0.80;

  public LimitUse {
    if (limit <= 0 || used < 0 || free < 0) {
      throw new IllegalArgumentException("a ceiling of " + limit + " with " + used + " used");
    }
  }

  /** Which ceiling. */
  public enum Kind {
    PID_MAX,
    THREADS_MAX,
    CGROUP,
    NPROC
  }

  /** Who feels it, the most first. */
  public enum Scope {
    NODE,
    /** kubepods, or one quality of service below it. */
    ALL_PODS,
    /** The kubelet's or the container runtime's own cgroup: no pod starts, no exec. */
    RUNTIME,
    SERVICE,
    USER,
    ONE_POD;

    boolean wide() {
      return this == NODE || this == ALL_PODS || this == RUNTIME;
    }
  }

  /** 0 for unused, 1 for full; counted by what is free, so that ids held back count as used. */
  public double fullness() {
    return 1 - (double) Math.min(free, limit) / limit;
  }

  /** Used of the stated limit, as a person would divide the two numbers. */
  public double usedShare() {
    return (double) used / limit;
  }

  public Level level() {
    if (fullness() >= NEARLY_FULL || (scope == Scope.NODE && free < ONE_POD_START)) {
      return Level.CRITICAL;
    }
    return fullness() >= FILLING ? Level.WARNING : Level.HEALTHY;
  }

  /**
   * It refuses now what it is for: a pod's start, and so an exec probe, or of a pod, a service or a
   * user the next process.
   */
  boolean refuses() {
    return scope.wide() ? free < ONE_POD_START : free == 0;
  }

  /** Near enough to its end to refuse a fork soon, or now. */
  public boolean tight() {
    return level() != Level.HEALTHY;
  }

  /** A process of this cgroup counts against it. */
  boolean covers(String cgroup) {
    return switch (kind) {
      case PID_MAX, THREADS_MAX -> true;
      case NPROC -> false;
      case CGROUP -> path.equals("/") || cgroup.equals(path) || cgroup.startsWith(path + "/");
    };
  }
}
