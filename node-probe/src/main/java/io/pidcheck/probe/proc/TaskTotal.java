package io.pidcheck.probe.proc;

/**
 * The kernel's own total of all tasks, proc_loadavg(5): one number, where counting them takes a
 * file a process. It is of the whole machine: where nodes share a kernel it is not this node's.
 */
public final class TaskTotal {

  /** No such file, or not as the man page has it. */
  public static final long UNKNOWN = -1;

  // Between the two readings of the total processes come and go, and are counted or not.
  private static final long SLACK = 16;
  private static final long SLACK_SHARE = 100;

  private TaskTotal() {}

  /** The denominator of the fourth field. */
  static long parse(byte[] bytes, int length) {
    int at = 0;
    for (int spaces = 0; spaces < 3 && at < length; at++) {
      if (bytes[at] == ' ') {
        spaces++;
      }
    }
    while (at < length && bytes[at] != '/') {
      at++;
    }
    long total = at < length ? Ascii.number(bytes, at + 1, length) : Ascii.NONE;
    return total == Ascii.NONE ? UNKNOWN : total;
  }

  /**
   * Whether the totals before and after a count are of the very tasks that were counted: in between
   * them, but for a hundredth.
   */
  public static boolean isOf(long counted, long before, long after) {
    if (before < 0 || after < 0) {
      return false;
    }
    long slack = Math.max(SLACK, counted / SLACK_SHARE);
    return counted >= Math.min(before, after) - slack && counted <= Math.max(before, after) + slack;
  }
}
