package io.pidcheck.probe.proc;

import io.pidcheck.probe.text.Printable;
import java.util.Optional;

/**
 * What /proc/pid/stat says, proc_pid_stat(5).
 *
 * @param state field 3, one letter
 * @param threads field 20; 1 for a zombie whose threads are all gone
 * @param startTicks field 22, clock ticks after boot
 * @param comm field 2, printable
 */
public record ProcessStat(
    int pid,
    int ppid,
    char state,
    boolean kernelThread,
    long threads,
    long startTicks,
    String comm) {

  private static final long PF_KTHREAD = 0x0020_0000; // include/linux/sched.h, in field 9
  private static final int MAX_COMM =
      15; // TASK_COMM_LEN - 1; the kernel adds to its workers' names

  public boolean zombie() {
    return state == 'Z';
  }

  /** Empty when this is not the text of a stat file: cut short, or of an ended process. */
  static Optional<ProcessStat> parse(byte[] bytes, int length) {
    int open = indexOf(bytes, length, '(');
    int close = lastIndexOf(bytes, length, ')'); // the name may have ')' and newlines in it
    if (open < 0 || close < open || close + 2 >= length) {
      return Optional.empty();
    }
    int stateAt = close + 2;
    int ppidAt = field(bytes, stateAt, length, 4 - 3);
    int flagsAt = field(bytes, ppidAt, length, 9 - 4);
    int threadsAt = field(bytes, flagsAt, length, 20 - 9);
    int startTicksAt = field(bytes, threadsAt, length, 22 - 20);
    long pid = Ascii.number(bytes, 0, open);
    char state = (char) bytes[stateAt];
    long ppid = Ascii.number(bytes, ppidAt, length);
    long flags = Ascii.number(bytes, flagsAt, length);
    long threads = Ascii.number(bytes, threadsAt, length);
    long startTicks = Ascii.number(bytes, startTicksAt, length);
    if (pid < 0 || ppid < 0 || flags < 0 || threads < 0 || startTicks < 0) {
      return Optional.empty();
    }
    boolean kernelThread = (flags & PF_KTHREAD) != 0;
    String comm = Printable.cut(Printable.of(bytes, open + 1, close), MAX_COMM);
    return Optional.of(
        new ProcessStat((int) pid, (int) ppid, state, kernelThread, threads, startTicks, comm));
  }

  /** Where the {@code n}-th field after the one at {@code from} begins. */
  private static int field(byte[] bytes, int from, int length, int n) {
    int at = from;
    for (int spaces = 0; spaces < n && at < length; at++) {
      if (bytes[at] == ' ') {
        spaces++;
      }
    }
    return at;
  }

  private static int indexOf(byte[] bytes, int length, char c) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == c) {
        return i;
      }
    }
    return -1;
  }

  private static int lastIndexOf(byte[] bytes, int length, char c) {
    for (int i = length - 1; i >= 0; i--) {
      if (bytes[i] == c) {
        return i;
      }
    }
    return -1;
  }
}
