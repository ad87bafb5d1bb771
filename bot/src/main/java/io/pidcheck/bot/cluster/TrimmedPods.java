package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.pidcheck.bot.cluster.DaemonPod.Ended;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An informer's store that keeps a tenth of each pod: what a restart is told by. */
final class TrimmedPods extends BasicItemStore<Pod> {

  private static final String READY = "Ready";

  private final String container;

  TrimmedPods(String container) {
    super(pod -> pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName());
    this.container = container;
  }

  /**
   * fabric8: a store that does not keep all fields says so, and is not asked for the old object.
   */
  @Override
  public boolean isFullState() {
    return true; // what is left is all that anybody here reads
  }

  @Override
  @SuppressWarnings("NullAway") // fabric8's store answers null where there was nothing before
  public Pod put(String key, Pod pod) {
    return super.put(key, trimmed(pod));
  }

  private Pod trimmed(Pod pod) {
    Pod kept = new Pod();
    ObjectMeta meta = new ObjectMeta();
    meta.setName(pod.getMetadata().getName());
    meta.setNamespace(pod.getMetadata().getNamespace());
    meta.setUid(pod.getMetadata().getUid());
    meta.setResourceVersion(pod.getMetadata().getResourceVersion());
    meta.setCreationTimestamp(pod.getMetadata().getCreationTimestamp());
    kept.setMetadata(meta);
    PodSpec spec = new PodSpec();
    spec.setNodeName(pod.getSpec() == null ? null : pod.getSpec().getNodeName());
    kept.setSpec(spec);
    PodStatus status = new PodStatus();
    conditionOf(pod).ifPresent(ready -> status.setConditions(List.of(ready)));
    statusOf(pod, container).ifPresent(found -> status.setContainerStatuses(List.of(lean(found))));
    kept.setStatus(status);
    return kept;
  }

  private static ContainerStatus lean(ContainerStatus found) {
    ContainerStatus kept = new ContainerStatus();
    kept.setName(found.getName());
    kept.setRestartCount(found.getRestartCount());
    kept.setState(found.getState());
    ContainerStateTerminated ended =
        found.getLastState() == null ? null : found.getLastState().getTerminated();
    if (ended != null) {
      ended.setMessage(null); // up to 4 KiB each
      ended.setContainerID(null);
      ContainerState last = new ContainerState();
      last.setTerminated(ended);
      kept.setLastState(last);
    }
    return kept;
  }

  /** Empty for a pod that no node has yet, or whose container has not been reported on. */
  static Optional<DaemonPod> read(DaemonSetRef set, Pod pod) {
    String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
    if (node == null || node.isEmpty()) {
      return Optional.empty();
    }
    return statusOf(pod, set.container())
        .map(
            status ->
                new DaemonPod(
                    set.name(),
                    pod.getMetadata().getNamespace(),
                    pod.getMetadata().getName(),
                    pod.getMetadata().getUid(),
                    node,
                    instant(pod.getMetadata().getCreationTimestamp()).orElse(Instant.EPOCH),
                    status.getRestartCount() == null ? 0 : status.getRestartCount(),
                    conditionOf(pod).filter(c -> "True".equals(c.getStatus())).isPresent(),
                    conditionOf(pod)
                        .flatMap(c -> instant(c.getLastTransitionTime()))
                        .orElse(Instant.EPOCH),
                    waiting(status),
                    ended(status)));
  }

  private static Optional<ContainerStatus> statusOf(Pod pod, String container) {
    return pod.getStatus() == null
        ? Optional.empty()
        : pod.getStatus().getContainerStatuses().stream()
            .filter(status -> container.equals(status.getName()))
            .findFirst();
  }

  private static Optional<PodCondition> conditionOf(Pod pod) {
    return pod.getStatus() == null
        ? Optional.empty()
        : pod.getStatus().getConditions().stream()
            .filter(condition -> READY.equals(condition.getType()))
            .findFirst();
  }

  private static String waiting(ContainerStatus status) {
    if (status.getState() == null || status.getState().getWaiting() == null) {
      return "";
    }
    return text(status.getState().getWaiting().getReason());
  }

  private static Optional<Ended> ended(ContainerStatus status) {
    return Optional.ofNullable(status.getLastState())
        .map(ContainerState::getTerminated)
        .map(
            ended ->
                new Ended(
                    text(ended.getReason()),
                    ended.getExitCode() == null ? 0 : ended.getExitCode(),
                    instant(ended.getFinishedAt()).orElse(Instant.EPOCH)));
  }

  private static Optional<Instant> instant(@Nullable String timestamp) {
    try {
      return Optional.ofNullable(timestamp).map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
