package io.pidcheck.bot.evidence;

import io.pidcheck.probe.report.Missing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the cluster knows around one node, beside the probe's report. Bounded: one node's objects.
 *
 * @param at when it was read; ages count from here
 * @param pods the node's pods
 * @param events of the node, of calico-node's pod there and of the other pods there
 * @param missing what could not be read, and why
 */
public record Surroundings(
    Instant at,
    Optional<NodeSeen> node,
    List<PodSeen> pods,
    List<EventSeen> events,
    Optional<KubeletFigures> kubelet,
    List<Missing> missing) {

  public Surroundings {
    pods = List.copyOf(pods);
    events = List.copyOf(events);
    missing = List.copyOf(missing);
  }

  /** Nothing was asked of the cluster. */
  public static Surroundings none(Instant at) {
    return new Surroundings(
        at,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(new Missing("events and pods", "not asked for")));
  }

  public Optional<PodSeen> pod(Optional<String> uid) {
    return uid.flatMap(wanted -> pods.stream().filter(pod -> pod.uid().equals(wanted)).findFirst());
  }

  public Optional<PodSeen> calicoNode() {
    return pods.stream().filter(PodSeen::calicoNode).findFirst();
  }
}
