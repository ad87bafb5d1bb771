package io.pidcheck.bot.rig;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a bot is cut off from everything: at the n-th request by which it changes something, before
 * that arrives or before its answer does. To the rest of the world it is dead from there on.
 */
public final class Cut {

  /** On which side of the n-th change. */
  public enum Side {
    BEFORE,
    AFTER
  }

  private final int nth;
  private final String what;
  private final Side side;
  private final AtomicInteger changes = new AtomicInteger();
  private final AtomicBoolean counting = new AtomicBoolean();
  private final AtomicBoolean done = new AtomicBoolean();
  private final CountDownLatch cut = new CountDownLatch(1);

  public Cut(int nth, Side side) {
    this(nth, "", side);
  }

  /**
   * @param what only requests count that have this in their first line
   */
  public Cut(int nth, String what, Side side) {
    this.nth = nth;
    this.what = what;
    this.side = side;
  }

  /** From now on changes count. */
  public void begin() {
    counting.set(true);
  }

  /** Whether the request that begins so is the one, to be called for each change. */
  boolean reached(String firstLine) {
    return counting.get() && firstLine.contains(what) && changes.incrementAndGet() >= nth;
  }

  Side side() {
    return side;
  }

  void happens() {
    done.set(true);
    cut.countDown();
  }

  public boolean happened() {
    return done.get();
  }

  /** Waits for it; false where so many changes never come. */
  public boolean within(long millis) {
    try {
      return cut.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
