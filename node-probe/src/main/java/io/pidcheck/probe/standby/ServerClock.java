package io.pidcheck.probe.standby;

import java.time.Duration;
import java.time.Instant;

/**
 * The API server's clock, carried on by this machine's steady one: a node's own may be wrong, and a
 * Job's age is told by the server's.
 *
 * @param then what the server's said
 * @param nanos {@link System#nanoTime} at that moment
 */
record ServerClock(Instant then, long nanos) {

  static ServerClock at(Instant then) {
    return new ServerClock(then, System.nanoTime());
  }

  Instant now() {
    return then.plus(Duration.ofNanos(System.nanoTime() - nanos));
  }
}
