package io.pidcheck.bot.local.cluster.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.pidcheck.bot.local.cluster.api.ContainerLog;
import io.pidcheck.bot.local.cluster.report.EventRecorder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * One container of a pod, from waiting to ended, and on to its next run where its pod's
 * restartPolicy is Always. Used by its pod's thread only.
 */
final class ContainerRun {
  // runc's exit code for a process that it could not start
  private static final int START_ERROR = 128;
  private static final int FALLBACK_LINES = 80;
  private static final int FALLBACK_BYTES = 2048;
  private static final Duration PULL_BACK_OFF = Duration.ofSeconds(10);
  // kubelet: at once the first time, then 10 s, 20 s, 40 s ... 5 min
  private static final Duration RESTART_BACK_OFF = Duration.ofSeconds(10);
  private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);

  private final Pod pod;
  private final Container container;
  private final EventRecorder events;
  private final Clock clock;
  private ContainerLog log = new ContainerLog();
  private RunState state = new RunState.Waiting("ContainerCreating", "");
  private Optional<ContainerProcess> process = Optional.empty();
  private Optional<Path> terminationLog = Optional.empty();
  private Optional<Instant> backOffAt = Optional.empty();
  private Optional<Instant> restartAt = Optional.empty();
  private Optional<RunState> before = Optional.empty();
  private int restarts;

  ContainerRun(Pod pod, Container container, EventRecorder events, Clock clock) {
    this.pod = pod;
    this.container = container;
    this.events = events;
    this.clock = clock;
  }

  String name() {
    return container.getName();
  }

  String image() {
    return container.getImage();
  }

  RunState state() {
    return state;
  }

  ContainerLog log() {
    return log;
  }

  boolean isRunning() {
    return state instanceof RunState.Running;
  }

  boolean hasEnded() {
    return state instanceof RunState.Ended;
  }

  /** When its next run is due. */
  Optional<Instant> restartAt() {
    return restartAt;
  }

  int restarts() {
    return restarts;
  }

  /** How the run before the present one ended. */
  Optional<RunState> before() {
    return before;
  }

  /** What its processes carry, while it runs. */
  Optional<String> cookie() {
    return isRunning() ? process.map(ContainerProcess::cookie) : Optional.empty();
  }

  /** Makes it as new, for its next run. */
  void prepareRestart() {
    restartAt = Optional.empty();
    restarts++;
    log = new ContainerLog();
  }

  /** When {@link #backOff} is due. */
  Optional<Instant> backOffAt() {
    return backOffAt;
  }

  /** Starts the process of a known image. */
  void start(List<String> entrypoint, PodDirectory directory, IntConsumer exited) {
    events.normal(
        pod,
        name(),
        "Pulled",
        "Container image \"%s\" already present on machine".formatted(image()));
    try {
      Launch launch = Launch.of(pod, container, entrypoint, directory);
      terminationLog = Optional.of(launch.terminationLog());
      events.normal(pod, name(), "Created", "Created container: " + name());
      process = Optional.of(ContainerProcess.start(launch, log, exited));
      state = new RunState.Running(clock.instant());
      events.normal(pod, name(), "Started", "Started container " + name());
    } catch (IOException e) {
      failToStart("failed to create containerd task: " + e.getMessage());
    }
  }

  void failToStart(String message) {
    events.warning(pod, name(), "Failed", "Error: " + message);
    state = new RunState.Ended(START_ERROR, "StartError", message, Instant.EPOCH, clock.instant());
    log.end();
  }

  /** There is no such image here, and nothing is ever pulled. */
  void missImage() {
    if ("Never".equals(container.getImagePullPolicy())) {
      String message =
          "Container image \"%s\" is not present with pull policy of Never".formatted(image());
      events.warning(pod, name(), "ErrImageNeverPull", message);
      events.warning(pod, name(), "Failed", "Error: ErrImageNeverPull");
      state = new RunState.Waiting("ErrImageNeverPull", message);
      return;
    }
    events.normal(pod, name(), "Pulling", "Pulling image \"%s\"".formatted(image()));
    String message =
        "failed to pull and unpack image \"%s\": not found: the local cluster has no registry"
            .formatted(image());
    events.warning(
        pod, name(), "Failed", "Failed to pull image \"%s\": %s".formatted(image(), message));
    events.warning(pod, name(), "Failed", "Error: ErrImagePull");
    state = new RunState.Waiting("ErrImagePull", message);
    backOffAt = Optional.of(clock.instant().plus(PULL_BACK_OFF));
  }

  void backOff() {
    String message = "Back-off pulling image \"%s\"".formatted(image());
    events.normal(pod, name(), "BackOff", message);
    state = new RunState.Waiting("ImagePullBackOff", message);
    backOffAt = Optional.empty();
  }

  /** The process is gone and its log complete. */
  void ended(int exitCode) {
    if (state instanceof RunState.Running(Instant since)) {
      String reason = exitCode == 0 ? "Completed" : "Error";
      state =
          new RunState.Ended(
              exitCode, reason, terminationMessage(exitCode), since, clock.instant());
      if ("Always".equals(pod.getSpec().getRestartPolicy())) {
        awaitRestart();
      }
    }
  }

  private void awaitRestart() {
    Duration wait =
        restarts == 0
            ? Duration.ZERO
            : RESTART_BACK_OFF.multipliedBy(1L << Math.min(restarts - 1, 10));
    Duration bounded = wait.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : wait;
    before = Optional.of(state);
    restartAt = Optional.of(clock.instant().plus(bounded));
    if (!bounded.isZero()) {
      events.warning(pod, name(), "BackOff", "Back-off restarting failed container");
    }
    state =
        new RunState.Waiting(
            "CrashLoopBackOff",
            "back-off %ds restarting failed container=%s".formatted(bounded.toSeconds(), name()));
  }

  /** Ends the process, if any, and says so; its exit is still to be taken in. */
  void stop(Duration grace) throws InterruptedException {
    if (isRunning() && process.isPresent()) {
      events.normal(pod, name(), "Killing", "Stopping container " + name());
      process.get().stop(grace);
    }
  }

  void kill() {
    process.ifPresent(ContainerProcess::kill);
  }

  private String terminationMessage(int exitCode) {
    String message = terminationLog.map(PodDirectory::terminationMessage).orElse("");
    boolean fallBack =
        message.isEmpty()
            && exitCode != 0
            && "FallbackToLogsOnError".equals(container.getTerminationMessagePolicy());
    return fallBack
        ? new String(log.tail(FALLBACK_LINES, FALLBACK_BYTES), StandardCharsets.UTF_8)
        : message;
  }
}
