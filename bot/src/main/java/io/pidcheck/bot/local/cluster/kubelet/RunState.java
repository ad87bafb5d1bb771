package io.pidcheck.bot.local.cluster.kubelet;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import java.time.Instant;

/** Where a container stands. */
sealed interface RunState {

  /** Not started; the reason is a word of the kubelet's, e.g. ContainerCreating. */
  record Waiting(String reason, String message) implements RunState {}

  record Running(Instant since) implements RunState {}

  /**
   * @param started the epoch for a container that never ran, as the real kubelet puts it
   */
  record Ended(int exitCode, String reason, String message, Instant started, Instant finished)
      implements RunState {}

  default ContainerState onTheWire() {
    ContainerStateBuilder state = new ContainerStateBuilder();
    return switch (this) {
      case Waiting(String reason, String message) ->
          state
              .withNewWaiting()
              .withReason(reason)
              .withMessage(message.isEmpty() ? null : message)
              .endWaiting()
              .build();
      case Running(Instant since) ->
          state.withNewRunning().withStartedAt(PodStatuses.time(since)).endRunning().build();
      case Ended ended ->
          state
              .withNewTerminated()
              .withExitCode(ended.exitCode())
              .withReason(ended.reason())
              .withMessage(ended.message().isEmpty() ? null : ended.message())
              .withStartedAt(PodStatuses.time(ended.started()))
              .withFinishedAt(PodStatuses.time(ended.finished()))
              .endTerminated()
              .build();
    };
  }
}
