package io.pidcheck.bot.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The node as the API server has it.
 *
 * @param runtimeVersion as the kubelet reports it: {@code containerd://1.6.20}
 * @param bootId the boot that the kubelet last reported
 * @param taints {@code key=value:effect}
 */
public record NodeSeen(
    String name,
    String runtimeVersion,
    String kubeletVersion,
    String bootId,
    List<Condition> conditions,
    List<String> taints) {

  public NodeSeen {
    conditions = List.copyOf(conditions);
    taints = List.copyOf(taints);
  }

  /**
   * @param status True, False or Unknown
   */
  public record Condition(
      String type, String status, String reason, String message, Optional<Instant> since) {}

  /** What runs the containers. It decides whether a probe that could not start counts. */
  public enum ContainerRuntime {
    DOCKER,
    CONTAINERD,
    CRI_O,
    UNKNOWN
  }

  public ContainerRuntime runtime() {
    if (runtimeVersion.startsWith("docker:")) {
      return ContainerRuntime.DOCKER;
    }
    if (runtimeVersion.startsWith("containerd:")) {
      return ContainerRuntime.CONTAINERD;
    }
    return runtimeVersion.startsWith("cri-o:") ? ContainerRuntime.CRI_O : ContainerRuntime.UNKNOWN;
  }

  public Optional<Condition> condition(String type) {
    return conditions.stream().filter(condition -> condition.type().equals(type)).findFirst();
  }
}
