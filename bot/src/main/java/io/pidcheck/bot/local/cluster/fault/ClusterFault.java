package io.pidcheck.bot.local.cluster.fault;

/** One thing that goes wrong in the local cluster, until it is cleared. */
public sealed interface ClusterFault {

  /**
   * New pods stay Pending in ContainerCreating, as on a node that cannot start a sandbox.
   *
   * @param message of the pod's FailedCreatePodSandBox event
   */
  record SandboxFails(String message) implements ClusterFault {}

  /**
   * The kubelet turns new pods away: they are Failed at once, and no container has a state.
   *
   * @param reason e.g. {@code OutOfpods} or {@code Evicted}
   */
  record KubeletRefusesPods(String reason, String message) implements ClusterFault {}

  /**
   * The API server forbids new pods, as PodSecurity and quotas do; a Job then gets FailedCreate
   * events and no pod.
   *
   * @param message what follows "is forbidden: "
   */
  record AdmissionRefusesPods(String message) implements ClusterFault {}

  /**
   * Containers of new pods do not start: StartError, exit code 128.
   *
   * @param message the runtime's
   */
  record ContainersFailToStart(String message) implements ClusterFault {}

  /**
   * Reading a log gives HTTP 500, as when the API server cannot reach the kubelet.
   *
   * @param message e.g. {@code dial tcp 10.0.0.5:10250: connect: connection refused}
   */
  record LogsUnavailable(String message) implements ClusterFault {}

  /**
   * The kubelet answers with this instead of its figures: 500 once the container runtime is dead,
   * 403 where a right is missing.
   */
  record FiguresUnavailable(int status, String message) implements ClusterFault {}

  /** The Node object is deleted; its kubelet takes no new pods. */
  record NodeGone() implements ClusterFault {}
}
