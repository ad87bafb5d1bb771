package io.pidcheck.bot.local.cluster.controller;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Keys to look at, now or at a time: each is handed out once however often it was added.
 *
 * @param <K> what names a thing to look at
 */
final class WorkQueue<K> {
  // the clock is looked at this often while a key waits for its time; it may be a test's
  private static final Duration TICK = Duration.ofMillis(100);

  private final Clock clock;
  private final Set<K> ready = new LinkedHashSet<>();
  private final Map<K, Instant> later = new HashMap<>();

  WorkQueue(Clock clock) {
    this.clock = clock;
  }

  synchronized void add(K key) {
    ready.add(key);
    notifyAll();
  }

  /** The earliest time counts. */
  synchronized void addAt(K key, Instant time) {
    later.merge(key, time, (one, other) -> one.isBefore(other) ? one : other);
    notifyAll();
  }

  /** The next key; waits for one. */
  synchronized K take() throws InterruptedException {
    while (true) {
      moveDue();
      Iterator<K> next = ready.iterator();
      if (next.hasNext()) {
        K key = next.next();
        next.remove();
        return key;
      }
      wait(later.isEmpty() ? 0 : TICK.toMillis());
    }
  }

  private void moveDue() {
    Instant now = clock.instant();
    later
        .entrySet()
        .removeIf(
            entry -> {
              boolean due = !now.isBefore(entry.getValue());
              if (due) {
                ready.add(entry.getKey());
              }
              return due;
            });
  }
}
