package io.pidcheck.bot.cluster;

import java.util.Optional;

/**
 * The pod behind a process.
 *
 * @param workload what would start it again, empty for a bare pod
 * @param qos Guaranteed, Burstable or BestEffort
 */
public record PodRef(String namespace, String name, Optional<Workload> workload, String qos) {

  /** The topmost controller that is known: a Deployment rather than its ReplicaSet. */
  public record Workload(String kind, String name) {}
}
