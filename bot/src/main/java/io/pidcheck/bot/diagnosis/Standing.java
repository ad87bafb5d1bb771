package io.pidcheck.bot.diagnosis;

import java.util.List;

/** What one sentence rests on. */
public sealed interface Standing {

  /** The very events, newest first. */
  record Observed(List<Quote> events) implements Standing {
    public Observed {
      if (events.isEmpty()) {
        throw new IllegalArgumentException("observed, but in no event");
      }
      events = List.copyOf(events);
    }
  }

  /** The node's own figures, in tasks. */
  record Measured(long used, long limit) implements Standing {}

  /** What a pod's status says: how often, or how many. */
  record Counted(long times) implements Standing {}

  /** Follows from the link before it; nobody saw it. */
  record Inferred() implements Standing {}

  /**
   * Did not happen, and this says so.
   *
   * @param events that speak against it; may be empty where a figure does
   */
  record Contradicted(Objection by, List<Quote> events) implements Standing {
    public Contradicted {
      events = List.copyOf(events);
    }
  }

  /** What speaks against a link. */
  enum Objection {
    /** Nearly full, but nothing says that a process was refused, and a pod can still start. */
    NOTHING_REFUSED_YET,
    /** containerd, CRI-O: a probe that could not start is thrown away, not counted. */
    ERRORED_IS_NOT_COUNTED,
    /** The kubelet asks over HTTP itself; no process is needed. */
    PROBE_NEEDS_NO_PROCESS,
    NOT_RESTARTED,
    RESTARTED_EARLIER,
    READY_NOW,
    RESTARTED_FOR_ANOTHER_REASON
  }
}
