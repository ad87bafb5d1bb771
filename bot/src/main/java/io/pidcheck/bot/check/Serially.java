package io.pidcheck.bot.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs work by key: never two runs of one key at once. Of the work that is asked for during a run,
 * the latest is run after it and the rest is dropped, being older news of the same thing.
 */
public final class Serially {

  private final Executor threads;
  private final Set<String> running = new HashSet<>();
  private final Map<String, Runnable> next = new HashMap<>();

  public Serially(Executor threads) {
    this.threads = threads;
  }

  /** Soon, on a thread of its own. */
  public synchronized void run(String key, Runnable work) {
    if (running.add(key)) {
      threads.execute(() -> rounds(key, work));
    } else {
      next.put(key, work);
    }
  }

  private void rounds(String key, Runnable first) {
    Runnable work = first;
    while (work != null) {
      try {
        work.run();
      } finally {
        work = nextOf(key);
      }
    }
  }

  private synchronized @Nullable Runnable nextOf(String key) {
    Runnable work = next.remove(key);
    if (work == null) {
      running.remove(key);
    }
    return work;
  }
}
