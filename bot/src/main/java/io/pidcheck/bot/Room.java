package io.pidcheck.bot;

import io.pidcheck.bot.check.Headroom;
import io.pidcheck.bot.cluster.kubelet.PidPoll;
import io.pidcheck.bot.watch.PidsNow;
import java.time.Duration;
import java.util.Optional;

/** A node's PIDs as the poll last counted them, and as they are when somebody looks. */
record Room(PidPoll poll, Headroom headroom) implements PidsNow {

  @Override
  public Optional<Boolean> enoughFor(String node, Duration time) {
    return poll.enoughFor(node, time);
  }

  @Override
  public boolean enoughNow(String node) {
    return headroom.hasFree(node, PidPoll.NEARLY_OUT.leastFree());
  }
}
