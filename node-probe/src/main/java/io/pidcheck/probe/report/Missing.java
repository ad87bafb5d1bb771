package io.pidcheck.probe.report;

/**
 * Something the probe may not or could not read.
 *
 * @param what the file, or a pattern for many: {@code /proc/<pid>/cgroup (12 processes)}
 * @param why in a few words: {@code permission denied}
 */
public record Missing(String what, String why) {

  /** proc(5), hidepid: what {@link #what()} says where other users' processes are invisible. */
  public static final String OTHERS_PROCESSES = "/proc/<pid> of other users";
}
