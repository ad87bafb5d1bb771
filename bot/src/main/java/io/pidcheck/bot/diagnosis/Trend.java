package io.pidcheck.bot.diagnosis;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the number of tasks is heading, from two counts within one run.
 *
 * @param untilFull how long the free PIDs last at this rate; empty when not growing or not known
 */
public record Trend(Direction direction, double tasksPerSecond, Optional<Duration> untilFull) {

  // Any node starts and ends a few processes per second.
  private static final double NOISE_PER_SECOND = 2;
  // Measured on a real node: one pod's start, or exec probes that meet, take up to 27 tasks for a
  // moment.
  private static final long NOISE_TASKS = 30;
  private static final double NANOS = 1e9;
  private static final double LONGEST_SECONDS = 7 * 24 * 3600.0;

  /** Up, down, or neither beyond a busy node's noise. */
  public enum Direction {
    GROWING,
    STEADY,
    SHRINKING
  }

  /** Empty where the two counts are no time apart. */
  public static Optional<Trend> of(
      long threads, long threadsLater, Duration apart, OptionalLong free) {
    if (apart.isZero() || apart.isNegative()) {
      return Optional.empty();
    }
    double seconds = apart.toSeconds() + apart.toNanosPart() / NANOS;
    double rate = ((double) threadsLater - threads) / seconds;
    boolean fewTasks = Math.abs(threadsLater - threads) < NOISE_TASKS;
    if (fewTasks || Math.abs(rate) <= NOISE_PER_SECOND) {
      return Optional.of(new Trend(Direction.STEADY, rate, Optional.empty()));
    }
    return rate < 0
        ? Optional.of(new Trend(Direction.SHRINKING, rate, Optional.empty()))
        : Optional.of(
            new Trend(Direction.GROWING, rate, lasts(free, threadsLater - threads, rate)));
  }

  private static Optional<Duration> lasts(OptionalLong free, long added, double rate) {
    if (free.isEmpty()) {
      return Optional.empty();
    }
    double seconds = Math.max(0, free.getAsLong() - added) / rate;
    return seconds > LONGEST_SECONDS
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds((long) seconds));
  }
}
