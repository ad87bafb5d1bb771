package io.pidcheck.probe.proc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stat files of a list of processes from its end, while the first reader reads from its
 * beginning, until they meet. Opening and reading a file for each of 20,000 processes is most of a
 * look's work. It is one PID more for a tenth of a second.
 */
public final class SecondReader extends Thread {

  /** From so many processes on the thread is worth its PID. */
  public static final int MANY = 4096;

  /** Until then the compiler's thread has use for a second processor. */
  public static final int NOT_BEFORE = 1024;

  private static final long STACK_BYTES = 256 * 1024;

  private final int[] pids;
  private final AtomicInteger left;
  private final Unread unread = new Unread();
  private final ProcFs proc;
  private final List<ProcessStat> found = new ArrayList<>();

  private SecondReader(int[] pids, AtomicInteger left, ProcFs first) {
    super(null, null, "second reader", STACK_BYTES);
    this.pids = pids;
    this.left = left;
    proc = first.withItsOwn(unread);
  }

  /**
   * @param left how many of {@code pids} nobody has begun to read: who takes one counts it down
   * @return null where the node has no PID for it, or no memory
   */
  public static @Nullable SecondReader start(int[] pids, AtomicInteger left, ProcFs first) {
    try {
      SecondReader reader = new SecondReader(pids, left, first);
      reader.start();
      return reader;
    } catch (OutOfMemoryError e) {
      return null; // "unable to create native thread", pthread_create(3): EAGAIN
    }
  }

  @Override
  public void run() {
    for (int i = pids.length - 1; left.getAndDecrement() > 0; i--) {
      Optional<ProcessStat> stat = proc.stat(pids[i]);
      if (stat.isPresent()) {
        found.add(stat.get());
      }
    }
  }

  /**
   * What it read, in the list's order. Waits for it, for one file at most when none is left.
   *
   * @param noted gets what it could not read
   */
  public List<ProcessStat> found(Unread noted) {
    boolean interrupted = false;
    while (isAlive()) {
      try {
        join();
      } catch (InterruptedException e) {
        interrupted = true; // nobody does; half of the processes are not for that to be lost
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    noted.addAll(unread);
    Collections.reverse(found);
    return found;
  }
}
