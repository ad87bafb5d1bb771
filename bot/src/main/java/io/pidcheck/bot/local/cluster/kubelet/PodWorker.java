package io.pidcheck.bot.local.cluster.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.pidcheck.bot.local.cluster.fault.ClusterFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One pod's life, on a thread of its own as in the real kubelet. Containers are restarted where the
 * restartPolicy is Always, and never else.
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
  private final PodContainers containers;
  private final BlockingQueue<Signal> mailbox = new LinkedBlockingQueue<>();
  private Pod pod;
  private boolean launched;
  private volatile boolean over;
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
    this.containers = new PodContainers(pod, directory, kubelet);
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
    containers.kill();
  }

  /** Returns when the pod is through; an interrupt kills its processes. */
  void live() {
    try {
      Optional<ClusterFault.KubeletRefusesPods> refusal =
          kubelet.faults().inForce(ClusterFault.KubeletRefusesPods.class);
      if (refusal.isPresent()) {
        refuse(refusal.get());
        return;
      }
      report();
      step();
      while (end.isEmpty() && !containers.haveEnded()) {
        await();
        step();
      }
      wrapUp();
    } catch (InterruptedException e) {
      kill();
    } finally {
      over = true;
      directory.delete();
    }
  }

  private void refuse(ClusterFault.KubeletRefusesPods refusal) {
    kubelet.events().warning(pod, refusal.reason(), refusal.message());
    kubelet
        .statuses()
        .report(pod, PodStatuses.refused(started, refusal.reason(), refusal.message()));
  }

  private void step() {
    if (end.isPresent()) {
      return;
    }
    if (!launched && hasSandbox()) {
      launched = true;
      containers.launch(this::exited);
      report();
    }
    if (containers.restart(clock.instant(), this::exited)) {
      report();
    }
    if (containers.backOff(clock.instant())) {
      report();
    }
    if (deadline().filter(this::isDue).isPresent()) {
      end = Optional.of(End.DEADLINE);
    }
  }

  private void exited(ContainerRun run, int code) {
    tell(new Signal.Exited(run, code));
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

  /** Waits for a word, or until something may be due. */
  private void await() throws InterruptedException {
    boolean timed = deadline().isPresent() || !launched || containers.awaitBackOff();
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
        containers.ended(run, code);
        if (end.isEmpty()) {
          report();
        }
      }
      case Signal.Removed() -> end = Optional.of(End.REMOVED);
      case Signal.FaultsChanged() -> sandboxRetryAt = Optional.empty();
    }
  }

  private void takeAll() {
    for (Signal told = mailbox.poll(); told != null; told = mailbox.poll()) {
      take(told);
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
        stop(DEADLINE_GRACE);
        kubelet
            .statuses()
            .report(
                pod,
                PodStatuses.failed(
                    containers.status(started),
                    "DeadlineExceeded",
                    "Pod was active on the node longer than the specified deadline"));
      }
      case DELETED -> {
        stop(grace());
        PodStatus status = containers.status(started);
        boolean succeeded = "Succeeded".equals(status.getPhase());
        kubelet.statuses().report(pod, succeeded ? status : PodStatuses.failed(status, "", ""));
        kubelet.deleteForGood(pod);
      }
    }
  }

  private void stop(Duration grace) throws InterruptedException {
    containers.stop(grace);
    takeAll();
  }

  private void report() {
    kubelet.statuses().report(pod, containers.status(started));
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
