package io.pidcheck.bot.evidence;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.pidcheck.bot.evidence.ProbeOutcome.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the API server has about the probe's pod, in the words this package decides on. */
record PodSight(Pod pod) {

  // kubelet: images.go; the first two never heal by waiting
  private static final Set<String> IMAGE_HOPELESS = Set.of("ErrImageNeverPull", "InvalidImageName");
  private static final Set<String> IMAGE_WAITING =
      Set.of("ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName");
  private static final Set<String> START_FAILED =
      Set.of("StartError", "ContainerCannotRun", "RunContainerError", "CreateContainerError");

  static Optional<PodSight> newest(List<Pod> pods) {
    return pods.stream()
        .max((a, b) -> text(created(a)).compareTo(text(created(b))))
        .map(PodSight::new);
  }

  String name() {
    return pod.getMetadata().getName();
  }

  String phase() {
    return pod.getStatus() == null ? "" : text(pod.getStatus().getPhase());
  }

  Optional<ContainerStateTerminated> terminated() {
    return container().map(ContainerStatus::getState).map(ContainerState::getTerminated);
  }

  boolean beingDeleted() {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  boolean running() {
    return container().map(ContainerStatus::getState).map(ContainerState::getRunning).isPresent();
  }

  boolean startFailed(ContainerStateTerminated ended) {
    return START_FAILED.contains(text(ended.getReason()));
  }

  /** The kubelet refused or evicted the pod: phase Failed, and no container ever ran. */
  Optional<String> refusal() {
    if (!"Failed".equals(phase()) || terminated().isPresent()) {
      return Optional.empty();
    }
    return Optional.ofNullable(pod.getStatus().getReason())
        .map(reason -> words(reason, pod.getStatus().getMessage()));
  }

  boolean refusedForItsDeadline() {
    return pod.getStatus() != null && "DeadlineExceeded".equals(pod.getStatus().getReason());
  }

  boolean imageHopeless() {
    return waiting().map(reason -> IMAGE_HOPELESS.contains(reason)).orElse(false);
  }

  /** Why the container still waits, where the kubelet says so. */
  Optional<Reason> waitingReason() {
    return waiting()
        .flatMap(
            reason -> {
              if (IMAGE_WAITING.contains(reason)) {
                return Optional.of(Reason.IMAGE_MISSING);
              }
              return START_FAILED.contains(reason)
                  ? Optional.of(Reason.CANNOT_START)
                  : Optional.empty();
            });
  }

  /** {@code Reason: message} of the waiting container, without kubelet's plain "still on it". */
  String waitingWords() {
    return container()
        .map(ContainerStatus::getState)
        .map(ContainerState::getWaiting)
        .filter(waiting -> !"ContainerCreating".equals(waiting.getReason()))
        .map(waiting -> words(waiting.getReason(), waiting.getMessage()))
        .orElse("");
  }

  static String words(Event event) {
    return words(event.getReason(), event.getMessage());
  }

  private Optional<String> waiting() {
    return container()
        .map(ContainerStatus::getState)
        .map(ContainerState::getWaiting)
        .map(waiting -> text(waiting.getReason()));
  }

  private Optional<ContainerStatus> container() {
    return pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
        ? Optional.empty()
        : pod.getStatus().getContainerStatuses().stream().findFirst();
  }

  private static @Nullable String created(Pod pod) {
    return pod.getMetadata().getCreationTimestamp();
  }

  private static String words(@Nullable String reason, @Nullable String message) {
    String said = text(message);
    return said.isEmpty() ? text(reason) : text(reason) + ": " + said;
  }

  static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
