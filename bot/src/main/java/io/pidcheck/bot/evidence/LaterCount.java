package io.pidcheck.bot.evidence;

import io.pidcheck.probe.report.SecondCount;
import java.time.Duration;

/**
 * The node's tasks counted once more within the same run.
 *
 * @param after how long after the report's own count
 */
public record LaterCount(long threads, Duration after) {

  static LaterCount of(SecondCount count) {
    return new LaterCount(count.threads(), Duration.ofMillis(count.afterMillis()));
  }
}
