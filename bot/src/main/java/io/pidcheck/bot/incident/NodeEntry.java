package io.pidcheck.bot.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is remembered of one node.
 *
 * @param seen by watched DaemonSet: the pod there and its restarts when last looked at
 * @param incidents oldest first; at most the last one is open
 */
public record NodeEntry(Map<String, Seen> seen, List<Incident> incidents) {

  public static final NodeEntry NEW = new NodeEntry(Map.of(), List.of());

  /** A pod when it was last looked at. */
  public record Seen(String uid, int restarts) {}

  public NodeEntry {
    seen = Map.copyOf(seen);
    incidents = List.copyOf(incidents);
  }

  public Optional<Incident> open() {
    return incidents.stream().filter(Incident::ongoing).reduce((first, last) -> last);
  }

  /**
   * An incident of this node was still open then.
   *
   * @param now an end after it was told by a clock that is ahead, and says nothing
   */
  public boolean endedAfter(Instant then, Instant now) {
    return incidents.stream()
        .flatMap(incident -> incident.end().stream())
        .anyMatch(end -> !end.at().isBefore(then) && !end.at().isAfter(now));
  }

  public NodeEntry saw(String set, Seen pod) {
    Map<String, Seen> now = new LinkedHashMap<>(seen);
    now.put(set, pod);
    return new NodeEntry(now, incidents);
  }

  /** With this incident in the place of the one with its id, or as the newest. */
  public NodeEntry with(Incident incident) {
    List<Incident> now = new ArrayList<>(incidents);
    now.removeIf(other -> other.id().equals(incident.id()));
    now.add(incident);
    return new NodeEntry(seen, now);
  }

  public NodeEntry without(Incident incident) {
    return new NodeEntry(
        seen, incidents.stream().filter(other -> !other.id().equals(incident.id())).toList());
  }

  /** With one incident changed, if it is still remembered. */
  public NodeEntry changing(String id, UnaryOperator<Incident> change) {
    return new NodeEntry(
        seen,
        incidents.stream()
            .map(incident -> incident.id().equals(id) ? change.apply(incident) : incident)
            .toList());
  }
}
