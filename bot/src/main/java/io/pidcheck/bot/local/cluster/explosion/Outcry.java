package io.pidcheck.bot.local.cluster.explosion;

import java.io.BufferedReader;
import java.io.IOException;

/** What the leaking service says about itself: that its threads are there, or how many are not. */
public final class Outcry {

  private Outcry() {}

  /**
   * Reads until all threads exist.
   *
   * @throws ExplosionFailed when the machine refused one, or the service ended before
   */
  public static void await(BufferedReader output, int threads) throws ExplosionFailed {
    String last = "";
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(LeakingService.READY)) {
          return;
        }
        if (line.startsWith(LeakingService.FAILED)) {
          throw new ExplosionFailed(
              "this machine started %s of %d threads and refused the next"
                  .formatted(line.substring(LeakingService.FAILED.length()), threads));
        }
        last = line;
      }
    } catch (IOException e) {
      throw new ExplosionFailed("lost the exploding process: " + e.getMessage(), e);
    }
    throw new ExplosionFailed(
        "the exploding process ended before it had %d threads: %s".formatted(threads, last));
  }
}
