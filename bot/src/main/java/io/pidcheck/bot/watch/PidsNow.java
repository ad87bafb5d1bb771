package io.pidcheck.bot.watch;

import java.util.Optional;

/** Whether a node has PIDs enough, by the kubelet's own figures. */
public interface PidsNow {

  /** Empty where the figures are not known now. */
  Optional<Boolean> enough(String node);
}
