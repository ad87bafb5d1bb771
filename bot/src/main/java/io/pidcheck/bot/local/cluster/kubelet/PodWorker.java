package io.pidcheck.bot.local.cluster.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.pidcheck.bot.local.cluster.fault.ClusterFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One pod's life, on a thread of its own as in the real kubelet. Containers are never restarted,
 * whatever the restartPolicy.
 */
final class PodWorker {
  private static final Duration SANDBOX_RETRY = Duration.ofSeconds(10);
  // the clock is looked at this often while something is due; it may be a test's
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration DEADLINE_GRACE = Duration.ofSeconds(2);

  private final KubeletContext kubelet;
  private final Clock clock;
  private final PodDirectory directory;
  private final Instant started;
  private final List<ContainerRun> containers;
  private final BlockingQueue<Signal> mailbox = new LinkedBlockingQueue<>();
  private Pod pod;
  private volatile boolean over;
  private boolean launched;
  private Optional<Instant> sandboxRetryAt = Optional.empty();
  private Optional<End> end = Optional.empty();

  /** What a worker is told. */
  sealed interface Signal {
    record Changed(Pod pod) implements Signal {}

    record Exited(ContainerRun run, int code) implements Signal {}

    record Removed() implements Signal {}

    record FaultsChanged() implements Signal {}
  }

  /** Why it is over before its containers are. */
  private enum End {
    DELETED,
    REMOVED,
    DEADLINE
  }

  PodWorker(Pod pod, PodDirectory directory, KubeletContext kubelet) {
    this.pod = pod;
    this.directory = directory;
    this.kubelet = kubelet;
    this.clock = kubelet.clock();
    this.started = clock.instant();
    this.containers =
        pod.getSpec().getContainers().stream()
            .map(container -> new ContainerRun(pod, container, kubelet.events(), clock))
            .toList();
  }

  void tell(Signal signal) {
    mailbox.add(signal);
  }

  /** Whether it takes no more signals. */
  boolean isOver() {
    return over;
  }

  /** Kills what runs, without a word to anyone: the machine is going down. */
  void kill() {
    containers.forEach(ContainerRun::kill);
  }

  void live() {
    try {
      Optional<ClusterFault.KubeletRefusesPods> refusal =
          kubelet.faults().inForce(ClusterFault.KubeletRefusesPods.class);
      if (refusal.isPresent()) {
        String reason = refusal.get().reason();
        kubelet.events().warning(pod, reason, refusal.get().message());
        kubelet
            .statuses()
            .report(pod, PodStatuses.refused(started, reason, refusal.get().message()));
        return;
      }
      containers.forEach(this::shelveAsWaiting);
      report();
      while (end.isEmpty() && !containers.stream().allMatch(ContainerRun::hasEnded)) {
        step();
        await();
      }
      wrapUp();
    } catch (InterruptedException e) {
      kill();
    } finally {
      over = true;
      directory.delete();
    }
  }

  private void step() {
    if (!launched && hasSandbox()) {
      launched = true;
      containers.forEach(this::launch);
      report();
    }
    for (ContainerRun run : containers) {
      if (run.backOffAt().filter(this::isDue).isPresent()) {
        run.backOff();
        report();
      }
    }
    if (deadline().filter(this::isDue).isPresent()) {
      end = Optional.of(End.DEADLINE);
    }
  }

  private boolean hasSandbox() {
    Optional<ClusterFault.SandboxFails> fault =
        kubelet.faults().inForce(ClusterFault.SandboxFails.class);
    if (fault.isPresent() && sandboxRetryAt.stream().allMatch(this::isDue)) {
      kubelet.events().warning(pod, "FailedCreatePodSandBox", fault.get().message());
      sandboxRetryAt = Optional.of(clock.instant().plus(SANDBOX_RETRY));
    }
    return fault.isEmpty();
  }

  private void launch(ContainerRun run) {
    Optional<ClusterFault.ContainersFailToStart> fault =
        kubelet.faults().inForce(ClusterFault.ContainersFailToStart.class);
    Optional<List<String>> entrypoint = kubelet.entrypoint(run.image());
    if (fault.isPresent()) {
      run.failToStart(fault.get().message());
    } else if (entrypoint.isEmpty()) {
      run.missImage();
    } else {
      run.start(entrypoint.get(), directory, code -> tell(new Signal.Exited(run, code)));
    }
    if (run.state() instanceof RunState.Waiting) {
      shelveAsWaiting(run);
    } else {
      kubelet.logs().write(pod.getMetadata().getUid(), run.name(), run.log());
    }
  }

  /** Waits for a word, or until something may be due. */
  private void await() throws InterruptedException {
    if (containers.stream().allMatch(ContainerRun::hasEnded) || end.isPresent()) {
      return;
    }
    boolean timed =
        Stream.concat(
                Stream.of(deadline(), sandboxRetryAt.filter(at -> !launched)),
                containers.stream().map(ContainerRun::backOffAt))
            .anyMatch(Optional::isPresent);
    Optional<Signal> signal =
        timed
            ? Optional.ofNullable(mailbox.poll(TICK.toMillis(), TimeUnit.MILLISECONDS))
            : Optional.of(mailbox.take());
    signal.ifPresent(this::take);
  }

  private void take(Signal signal) {
    switch (signal) {
      case Signal.Changed(Pod changed) -> {
        pod = changed;
        if (changed.isMarkedForDeletion() && end.isEmpty()) {
          end = Optional.of(End.DELETED);
        }
      }
      case Signal.Exited(ContainerRun run, int code) -> {
        run.ended(code);
        if (end.isEmpty()) {
          report();
        }
      }
      case Signal.Removed() -> end = Optional.of(End.REMOVED);
      case Signal.FaultsChanged() -> sandboxRetryAt = Optional.empty();
    }
  }

  private void wrapUp() throws InterruptedException {
    over = true;
    takeAll(); // a deletion that came with the last exit
    if (end.isEmpty()) {
      return;
    }
    switch (end.get()) {
      case REMOVED -> kill();
      case DEADLINE -> {
        stopContainers(DEADLINE_GRACE);
        kubelet
            .statuses()
            .report(
                pod,
                PodStatuses.failed(
                    PodStatuses.of(pod, started, containers),
                    "DeadlineExceeded",
                    "Pod was active on the node longer than the specified deadline"));
      }
      case DELETED -> {
        stopContainers(grace());
        PodStatus status = PodStatuses.of(pod, started, containers);
        boolean succeeded = "Succeeded".equals(status.getPhase());
        kubelet.statuses().report(pod, succeeded ? status : PodStatuses.failed(status, "", ""));
        kubelet.deleteForGood(pod);
      }
    }
  }

  private void stopContainers(Duration grace) throws InterruptedException {
    for (ContainerRun run : containers) {
      run.stop(grace);
    }
    takeAll();
  }

  private void takeAll() {
    for (Signal told = mailbox.poll(); told != null; told = mailbox.poll()) {
      take(told);
    }
  }

  private void report() {
    kubelet.statuses().report(pod, PodStatuses.of(pod, started, containers));
  }

  private void shelveAsWaiting(ContainerRun run) {
    if (run.state() instanceof RunState.Waiting waiting) {
      kubelet.logs().waiting(pod.getMetadata().getUid(), run.name(), waiting.reason());
    }
  }

  private Duration grace() {
    return Optional.ofNullable(pod.getMetadata().getDeletionGracePeriodSeconds())
        .map(Duration::ofSeconds)
        .orElse(Duration.ZERO);
  }

  private Optional<Instant> deadline() {
    return Optional.ofNullable(pod.getSpec().getActiveDeadlineSeconds()).map(started::plusSeconds);
  }

  private boolean isDue(Instant at) {
    return !clock.instant().isBefore(at);
  }
}
