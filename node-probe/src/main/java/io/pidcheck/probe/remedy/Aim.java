package io.pidcheck.probe.remedy;

import io.pidcheck.probe.report.KillResult.Killed;
import io.pidcheck.probe.report.KillResult.Outcome;
import io.pidcheck.probe.report.Reason;
import java.util.List;
import java.util.Optional;

/** One process that is to be killed, until it is decided how that ended. */
final class Aim {

  private static final int NANOS_PER_MILLI = 1_000_000;

  final Remedy.Target target;
  final int pidFd;
  private final String comm;
  private final long since;
  private Optional<Killed> ended = Optional.empty();

  /**
   * @param comm of the process that the descriptor stands for
   * @param since System.nanoTime() when it was first looked at
   */
  Aim(Remedy.Target target, int pidFd, String comm, long since) {
    this.target = target;
    this.pidFd = pidFd;
    this.comm = comm;
    this.since = since;
  }

  boolean open() {
    return ended.isEmpty();
  }

  Aim decide(Outcome outcome, Reason... reasons) {
    long took = (System.nanoTime() - since) / NANOS_PER_MILLI;
    ended =
        Optional.of(
            new Killed(target.pid(), target.startTicks(), comm, outcome, List.of(reasons), took));
    return this;
  }

  /** How it ended. To be asked once it is decided. */
  Killed ended() {
    return ended.orElseThrow();
  }

  /** The same, with a reason. */
  void because(Reason reason) {
    Killed was = ended();
    ended =
        Optional.of(
            new Killed(
                was.pid(),
                was.startTicks(),
                was.comm(),
                was.outcome(),
                List.of(reason),
                was.tookMillis()));
  }
}
