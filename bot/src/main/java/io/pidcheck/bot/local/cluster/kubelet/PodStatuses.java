package io.pidcheck.bot.local.cluster.kubelet;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIPBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What a pod's status says of its containers.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/">Pod
 *     Lifecycle</a>
 */
final class PodStatuses {
  static final String ADDRESS = "127.0.0.1";

  private PodStatuses() {}

  static PodStatus of(Pod pod, Instant started, List<ContainerRun> containers) {
    String phase = phase(containers);
    return new PodStatusBuilder()
        .withPhase(phase)
        .withQosClass(pod.getStatus().getQosClass())
        .withStartTime(time(started))
        .withHostIP(ADDRESS)
        .withPodIP(ADDRESS)
        .withPodIPs(new PodIPBuilder().withIp(ADDRESS).build())
        .withConditions(conditions(phase, started))
        .withContainerStatuses(containers.stream().map(PodStatuses::container).toList())
        .build();
  }

  /** For a pod that ended otherwise than by its containers. */
  static PodStatus failed(PodStatus status, String reason, String message) {
    return new PodStatusBuilder(status)
        .withPhase("Failed")
        .withReason(reason.isEmpty() ? null : reason)
        .withMessage(message.isEmpty() ? null : message)
        .build();
  }

  /** For a pod that the kubelet never took. */
  static PodStatus refused(Instant when, String reason, String message) {
    PodStatus status = new PodStatusBuilder().withStartTime(time(when)).build();
    return failed(status, reason, message);
  }

  /** As on the wire: whole seconds. */
  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String phase(List<ContainerRun> containers) {
    if (containers.stream().allMatch(ContainerRun::hasEnded)) {
      return containers.stream().allMatch(PodStatuses::succeeded) ? "Succeeded" : "Failed";
    }
    boolean waiting = containers.stream().anyMatch(run -> run.state() instanceof RunState.Waiting);
    return waiting ? "Pending" : "Running";
  }

  private static boolean succeeded(ContainerRun run) {
    return run.state() instanceof RunState.Ended ended && ended.exitCode() == 0;
  }

  private static List<PodCondition> conditions(String phase, Instant started) {
    boolean ready = phase.equals("Running");
    String why = phase.equals("Succeeded") ? "PodCompleted" : "ContainersNotReady";
    return List.of(
        condition("PodReadyToStartContainers", true, "", started),
        condition("Initialized", true, "", started),
        condition("Ready", ready, ready ? "" : why, started),
        condition("ContainersReady", ready, ready ? "" : why, started),
        condition("PodScheduled", true, "", started));
  }

  private static PodCondition condition(String type, boolean holds, String reason, Instant since) {
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(holds ? "True" : "False")
        .withReason(reason.isEmpty() ? null : reason)
        .withLastTransitionTime(time(since))
        .build();
  }

  private static ContainerStatus container(ContainerRun run) {
    return new ContainerStatusBuilder()
        .withName(run.name())
        .withImage(run.image())
        .withImageID("")
        .withRestartCount(run.restarts())
        .withLastState(run.before().map(RunState::onTheWire).orElse(null))
        .withReady(run.isRunning())
        .withStarted(run.isRunning())
        .withState(run.state().onTheWire())
        .build();
  }
}
