package io.pidcheck.probe.remedy;

import io.pidcheck.probe.remedy.SystemCalls.Answer;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * File descriptors that stand for processes, pidfd_open(2). A pid can be given to another process
 * at any time; such a descriptor stays with the process it was opened for, dead or alive.
 */
final class PidFds implements AutoCloseable {

  static final int SIGTERM = 15; // signal(7)
  static final int SIGKILL = 9;

  /** Both numbers are the same on every architecture (Linux: scripts/syscall.tbl). */
  private static final long PIDFD_SEND_SIGNAL = 424;

  private static final long PIDFD_OPEN = 434;

  private static final short POLLIN = 1;
  private static final long POLLFD = 8; // struct pollfd, poll(2): int fd; short events, revents
  private static final int EVENTS_AT = 4;
  private static final int REVENTS_AT = 6;

  private final SystemCalls system = new SystemCalls();
  private final List<Integer> open = new ArrayList<>();

  /** Empty, with the errno, or the descriptor. It is closed with the others. */
  Answer open(int pid) {
    Answer answer = system.call(PIDFD_OPEN, pid, 0, MemorySegment.NULL, 0);
    if (!answer.failed()) {
      open.add((int) answer.value());
    }
    return answer;
  }

  @Override
  public void close() {
    open.forEach(system::close);
    open.clear();
  }

  /** pidfd_send_signal(2). */
  Answer signal(int pidFd, int signal) {
    return system.call(PIDFD_SEND_SIGNAL, pidFd, signal, MemorySegment.NULL, 0);
  }

  /** Whether the process has ended. It may still be a zombie. */
  boolean ended(int pidFd) {
    return ended(List.of(pidFd), Duration.ZERO)[0];
  }

  /**
   * Waits until one of the processes ends, at most so long.
   *
   * @return for each, in the same order, whether it has ended
   */
  boolean[] ended(List<Integer> pidFds, Duration atMost) {
    MemorySegment fds =
        system.allocate(
            MemoryLayout.sequenceLayout(pidFds.size() * POLLFD, ValueLayout.JAVA_BYTE)
                .withByteAlignment(POLLFD));
    for (int i = 0; i < pidFds.size(); i++) {
      fds.set(ValueLayout.JAVA_INT, i * POLLFD, pidFds.get(i));
      fds.set(ValueLayout.JAVA_SHORT, i * POLLFD + EVENTS_AT, POLLIN);
    }
    system.poll(fds, pidFds.size(), Math.toIntExact(atMost.toMillis()));
    boolean[] ended = new boolean[pidFds.size()];
    for (int i = 0; i < ended.length; i++) {
      ended[i] = fds.get(ValueLayout.JAVA_SHORT, i * POLLFD + REVENTS_AT) != 0;
    }
    return ended;
  }
}
