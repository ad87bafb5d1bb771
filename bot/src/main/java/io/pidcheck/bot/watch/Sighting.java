package io.pidcheck.bot.watch;

import io.pidcheck.bot.cluster.DaemonPod;
import io.pidcheck.bot.incident.NodeEntry.Seen;
import java.time.Instant;
import java.util.Optional;

/** What one look at a pod says, beside what was last seen there. */
sealed interface Sighting {

  /** As it was. */
  record Same() implements Sighting {}

  /** To be remembered and not worth a word: a node's first pod, a rollout, a pod made anew. */
  record NewPod() implements Sighting {}

  /**
   * The kubelet started the container again.
   *
   * @param times since the last look, which may be long ago
   */
  record Restarted(int times) implements Sighting {}

  /**
   * Compares.
   *
   * @param since when this DaemonSet began to be watched: what an older pod counts is history
   */
  static Sighting of(Optional<Seen> before, DaemonPod now, Instant since) {
    if (before.isEmpty()) {
      return now.restarts() > 0 && now.createdAt().isAfter(since)
          ? new Restarted(now.restarts())
          : new NewPod();
    }
    if (!before.get().uid().equals(now.uid())) {
      return now.restarts() > 0 ? new Restarted(now.restarts()) : new NewPod();
    }
    int more = now.restarts() - before.get().restarts();
    if (more == 0) {
      return new Same();
    }
    return more > 0 ? new Restarted(more) : new NewPod();
  }
}
