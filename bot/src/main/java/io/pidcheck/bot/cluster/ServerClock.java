package io.pidcheck.bot.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The API server's clock: this machine's own, put right by the dates of the server's answers. The
 * stamps of its objects are its own, and ours may be wrong by any amount. Until it has answered it
 * is our clock; nothing it has stamped is known before.
 *
 * <p>A date is a whole second, told some time between question and answer; what fits into that is
 * left as it is, so the clock of a machine that goes right is not touched.
 */
public final class ServerClock extends Clock {

  private static final Duration CUT_OFF = Duration.ofSeconds(1);

  private final Clock own;
  private final AtomicReference<Duration> ahead;

  public ServerClock(Clock own) {
    this(own, new AtomicReference<>(Duration.ZERO));
  }

  private ServerClock(Clock own, AtomicReference<Duration> ahead) {
    this.own = own;
    this.ahead = ahead;
  }

  /**
   * The server has said what time it is.
   *
   * @param asked by our own clock, before the question was sent
   */
  void told(Instant date, Instant asked) {
    Duration least = Duration.between(own.instant(), date);
    Duration most = Duration.between(asked, date.plus(CUT_OFF));
    if (least.compareTo(most) <= 0) { // else our own was put back meanwhile: the next answer tells
      ahead.updateAndGet(was -> within(least, was, most));
    }
  }

  Instant own() {
    return own.instant();
  }

  private static Duration within(Duration least, Duration was, Duration most) {
    if (was.compareTo(least) < 0) {
      return least;
    }
    return was.compareTo(most) > 0 ? most : was;
  }

  @Override
  public Instant instant() {
    return own.instant().plus(ahead.get());
  }

  @Override
  public ZoneId getZone() {
    return own.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new ServerClock(own.withZone(zone), ahead);
  }
}
