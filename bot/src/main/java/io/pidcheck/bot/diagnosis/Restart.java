package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.evidence.Termination;
import java.util.List;
import java.util.Optional;

/**
 * Whether calico-node was restarted here, and what for.
 *
 * @param count of its containers, by the pod's status; or by Started events where the pod is unseen
 * @param events that the reason rests on
 * @param last how it ended last
 */
public record Restart(int count, Reason reason, List<Quote> events, Optional<Termination> last) {

  public Restart {
    events = List.copyOf(events);
  }

  /** What for. */
  public enum Reason {
    /** Neither the pod nor its events are known. */
    NOT_SEEN,
    NONE,
    PID_EXHAUSTION,
    OOM_KILLED,
    IMAGE_PULL,
    NODE_REBOOT,
    ROLLOUT,
    EVICTED,
    /** Liveness over HTTP failed: the process itself did not answer. */
    HTTP_PROBE,
    /** The probe took too long; a busy node, not a full one. */
    PROBE_TIMED_OUT,
    /** Liveness failed, and its words say something else. */
    LIVENESS_FAILED,
    CRASHED,
    STOPPED,
    /** The node is full, and no event tells why it ended. */
    POSSIBLY_PIDS,
    /** Before the first process was refused: whatever it was, not this. */
    EARLIER,
    UNKNOWN
  }

  public boolean happened() {
    return switch (reason) {
      case NOT_SEEN, NONE, EARLIER -> false;
      case PID_EXHAUSTION, OOM_KILLED, NODE_REBOOT, ROLLOUT, EVICTED -> true;
      case IMAGE_PULL, HTTP_PROBE, PROBE_TIMED_OUT, LIVENESS_FAILED -> true;
      case CRASHED, STOPPED, POSSIBLY_PIDS, UNKNOWN -> true;
    };
  }
}
