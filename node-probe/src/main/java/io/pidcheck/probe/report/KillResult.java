package io.pidcheck.probe.report;

import java.util.List;

/**
 * What became of each process that was to be killed.
 *
 * @param tasksBefore all tasks of the node (threads, kernel threads, zombies) before the first
 *     signal
 * @param tasksAfter the same after the last wait
 * @param targets in the order in which they were named
 */
public record KillResult(
    int version,
    String node,
    String bootId,
    boolean dryRun,
    long tasksBefore,
    long tasksAfter,
    List<Killed> targets)
    implements RemedyResult {

  /** With so many, each outcome still fits into a termination message. */
  public static final int MAX_TARGETS = 16;

  public KillResult {
    targets = List.copyOf(targets);
    if (targets.size() > MAX_TARGETS) {
      throw new IllegalArgumentException(targets.size() + " targets");
    }
  }

  /** How it ended for one process. */
  public enum Outcome {
    /** Ended after SIGKILL. */
    KILLED,
    /** Ended by SIGTERM, within the grace. */
    TERMINATED,
    /** Was there when looked at, and gone before a signal could be sent. */
    ENDED_BY_ITSELF,
    /** There is no such process. */
    ALREADY_GONE,
    /** The id belongs to a process that started at another time. */
    ANOTHER_PROCESS,
    /** kill(2), EPERM. */
    NOT_PERMITTED,
    /** Got SIGKILL and is still there; the reason is the state it is in. */
    STILL_THERE_UNINTERRUPTIBLE,
    /** Dead already, and not waited for; the reason names its parent. */
    ZOMBIE,
    /** Must not be killed from here; the reason says why. */
    PROTECTED,
    /** The node was restarted since, or the kernel has no pidfd; no signal was sent. */
    NOT_TRIED,
    /** Dry run: it would have got SIGTERM. */
    WOULD_KILL;

    /** A signal of ours ended it. */
    public boolean byUs() {
      return switch (this) {
        case KILLED, TERMINATED -> true;
        case ENDED_BY_ITSELF,
            ALREADY_GONE,
            ANOTHER_PROCESS,
            NOT_PERMITTED,
            STILL_THERE_UNINTERRUPTIBLE,
            ZOMBIE,
            PROTECTED,
            NOT_TRIED,
            WOULD_KILL ->
            false;
      };
    }

    /** It is not there any more, whoever ended it. */
    public boolean gone() {
      return switch (this) {
        case KILLED, TERMINATED, ENDED_BY_ITSELF, ALREADY_GONE -> true;
        case ANOTHER_PROCESS,
            NOT_PERMITTED,
            STILL_THERE_UNINTERRUPTIBLE,
            ZOMBIE,
            PROTECTED,
            NOT_TRIED,
            WOULD_KILL ->
            false;
      };
    }
  }

  /**
   * @param startTicks as asked for, proc_pid_stat(5) field 22: clock ticks after boot
   * @param comm the name of the process that has this pid, printable; empty when there is none
   * @param reasons why; none where the outcome says it all
   * @param tookMillis from the first look at it until its end was seen or given up
   */
  public record Killed(
      int pid,
      long startTicks,
      String comm,
      Outcome outcome,
      List<Reason> reasons,
      long tookMillis) {
    public Killed {
      reasons = List.copyOf(reasons);
    }
  }
}
