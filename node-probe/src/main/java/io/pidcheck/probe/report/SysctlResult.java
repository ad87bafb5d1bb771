package io.pidcheck.probe.report;

import java.util.List;

/**
 * What became of the kernel settings that were to be raised, or put back.
 *
 * @param inUse all tasks of the node before anything was written
 * @param reasons why, one for each thing that went wrong; none where the outcome says it all
 * @param written one for each file, in the order in which they were written
 * @param persisted whether the file that keeps the setting over a reboot is there afterwards, as
 *     written by this program
 * @param persistedPath that file, as this program's container sees it; empty when none was asked
 *     for
 */
public record SysctlResult(
    int version,
    String node,
    String bootId,
    boolean dryRun,
    long inUse,
    Outcome outcome,
    List<Reason> reasons,
    List<Written> written,
    boolean persisted,
    String persistedPath)
    implements RemedyResult {

  /** pid_max, threads-max and a few cgroups: with so many, all fits into a termination message. */
  public static final int MAX_WRITTEN = 8;

  public SysctlResult {
    reasons = List.copyOf(reasons);
    written = List.copyOf(written);
    if (written.size() > MAX_WRITTEN) {
      throw new IllegalArgumentException(written.size() + " settings");
    }
  }

  /** How it ended as a whole. */
  public enum Outcome {
    /** Every file reads back what was asked for. */
    DONE,
    /** Every file said so before; nothing was written. */
    NOTHING_TO_DO,
    /** Fewer than the tasks in use and 300 more: the node could start nothing afterwards. */
    BELOW_USE,
    /** The kernel takes 301 to 4194304 (kernel/pid.c, pid_max_min and pid_max_max). */
    OUT_OF_RANGE,
    /** A write failed, and no file was changed; the reason says how. */
    REFUSED_BY_KERNEL,
    /**
     * The pid_max that can be written does not govern the node's processes; nothing was written.
     */
    NOT_IN_HOST_NAMESPACE,
    /** Some were written and some not; each says. */
    PARTLY,
    /** The node was restarted since; nothing was written. */
    NOT_TRIED,
    /** Dry run: all looked right, and nothing was written. */
    WOULD_WRITE
  }

  /**
   * One file.
   *
   * @param what {@code pid_max}, {@code threads_max}, or a pids.max file's path as it was given
   * @param before what it said, a number or {@code max}; empty when it cannot be read
   * @param after what it says now: read back, not what was written
   */
  public record Written(String what, String before, String wanted, String after) {}
}
