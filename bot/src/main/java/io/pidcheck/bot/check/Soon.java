package io.pidcheck.bot.check;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Looks again in a moment at what tells of itself nowhere: a standby probe's answer stands in a
 * log, and nobody is told of it by a watch.
 */
public final class Soon {

  private static final Duration MOMENT = Duration.ofMillis(150);

  private final Executor threads;
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();

  public Soon(Executor threads) {
    this.threads = threads;
  }

  /** Once, however often it is asked for until then. */
  public void again(String key, Runnable look) {
    if (waiting.add(key)) {
      CompletableFuture.delayedExecutor(MOMENT.toMillis(), TimeUnit.MILLISECONDS, threads)
          .execute(
              () -> {
                waiting.remove(key);
                look.run();
              });
    }
  }
}
