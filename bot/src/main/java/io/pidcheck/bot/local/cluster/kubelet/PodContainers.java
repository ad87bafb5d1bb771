package io.pidcheck.bot.local.cluster.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.pidcheck.bot.local.cluster.fault.ClusterFault;
import io.pidcheck.bot.local.cluster.kubelet.RunningContainers.RunningContainer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;

/** The containers of one pod. Used by its pod's thread only, but for {@link #kill}. */
final class PodContainers {
  private final Pod pod;
  private final PodDirectory directory;
  private final KubeletContext kubelet;
  private final List<ContainerRun> runs;

  PodContainers(Pod pod, PodDirectory directory, KubeletContext kubelet) {
    this.pod = pod;
    this.directory = directory;
    this.kubelet = kubelet;
    runs =
        pod.getSpec().getContainers().stream()
            .map(container -> new ContainerRun(pod, container, kubelet.events(), kubelet.clock()))
            .toList();
    runs.forEach(this::shelveLog);
  }

  /**
   * Starts them all.
   *
   * @param exited gets the container and its exit code, on another thread
   */
  void launch(ObjIntConsumer<ContainerRun> exited) {
    runs.forEach(run -> launch(run, exited));
  }

  /** Starts again what is due; whether there was any. */
  boolean restart(Instant now, ObjIntConsumer<ContainerRun> exited) {
    List<ContainerRun> due =
        runs.stream()
            .filter(run -> run.restartAt().filter(at -> !now.isBefore(at)).isPresent())
            .toList();
    for (ContainerRun run : due) {
      run.prepareRestart();
      launch(run, exited);
    }
    return !due.isEmpty();
  }

  private void launch(ContainerRun run, ObjIntConsumer<ContainerRun> exited) {
    Optional<ClusterFault.ContainersFailToStart> fault =
        kubelet.faults().inForce(ClusterFault.ContainersFailToStart.class);
    Optional<List<String>> entrypoint = kubelet.entrypoint(run.image());
    if (fault.isPresent()) {
      run.failToStart(fault.get().message());
    } else if (entrypoint.isEmpty()) {
      run.missImage();
    } else {
      run.start(entrypoint.get(), directory, code -> exited.accept(run, code));
      run.cookie()
          .map(cookie -> new RunningContainer(cookie, pod, run.name(), run.image()))
          .ifPresent(kubelet.running()::add);
    }
    shelveLog(run);
  }

  /** Takes in how one of them ended. */
  void ended(ContainerRun run, int code) {
    run.cookie().ifPresent(kubelet.running()::remove);
    run.ended(code);
  }

  boolean haveEnded() {
    return runs.stream().allMatch(ContainerRun::hasEnded);
  }

  /** Whether one waits for the time of its back-off. */
  boolean awaitBackOff() {
    return runs.stream()
        .anyMatch(run -> run.backOffAt().isPresent() || run.restartAt().isPresent());
  }

  /** Whether the state of any has changed with the time. */
  boolean backOff(Instant now) {
    List<ContainerRun> due =
        runs.stream()
            .filter(run -> run.backOffAt().filter(at -> !now.isBefore(at)).isPresent())
            .toList();
    due.forEach(ContainerRun::backOff);
    return !due.isEmpty();
  }

  /** Returns when all processes are gone; what they exited with is still to be taken in. */
  void stop(Duration grace) throws InterruptedException {
    for (ContainerRun run : runs) {
      run.stop(grace);
    }
  }

  void kill() {
    runs.forEach(ContainerRun::kill);
  }

  PodStatus status(Instant started) {
    return PodStatuses.of(pod, started, runs);
  }

  private void shelveLog(ContainerRun run) {
    String uid = pod.getMetadata().getUid();
    if (run.state() instanceof RunState.Waiting waiting) {
      kubelet.logs().waiting(uid, run.name(), waiting.reason());
    } else {
      kubelet.logs().write(uid, run.name(), run.log());
    }
  }
}
