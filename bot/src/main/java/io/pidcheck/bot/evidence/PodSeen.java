package io.pidcheck.bot.evidence;

import io.pidcheck.bot.cluster.PodRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One pod of the node.
 *
 * @param calicoNode it carries the label {@code k8s-app=calico-node}
 * @param mirror a static pod's mirror: deleting the object does not end the process
 * @param statusReason why the kubelet ended it (Evicted, NodeLost), empty otherwise
 */
public record PodSeen(
    String uid,
    PodRef ref,
    boolean calicoNode,
    boolean mirror,
    String phase,
    String statusReason,
    Optional<Instant> createdAt,
    List<ContainerSeen> containers) {

  public PodSeen {
    containers = List.copyOf(containers);
  }

  public int restarts() {
    return containers.stream().mapToInt(ContainerSeen::restartCount).sum();
  }
}
