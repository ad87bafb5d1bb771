package io.pidcheck.bot.watch;

import java.time.Duration;
import java.util.Optional;

/** Whether a node has PIDs enough, by the kubelet's own figures. */
public interface PidsNow {

  /** Whether it has had enough for that long; empty where the figures are not known now. */
  Optional<Boolean> enoughFor(String node, Duration time);

  /** Whether it has enough at this moment, looked at anew; true where nobody knows. Blocks. */
  boolean enoughNow(String node);
}
