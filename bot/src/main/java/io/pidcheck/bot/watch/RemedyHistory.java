package io.pidcheck.bot.watch;

import io.pidcheck.bot.incident.Remedied;
import java.time.Instant;
import java.util.List;

/** Who knows what was done. */
@FunctionalInterface
public interface RemedyHistory {

  /** What changed something on that node after then, the earliest first. */
  List<Remedied> of(String node, Instant after);
}
