package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.diagnosis.ProbeWords.Probe;
import io.pidcheck.bot.diagnosis.Restart.Reason;
import io.pidcheck.bot.diagnosis.Signal.Hint;
import io.pidcheck.bot.diagnosis.Signal.Weak;
import io.pidcheck.bot.evidence.ContainerSeen;
import io.pidcheck.bot.evidence.PodSeen;
import io.pidcheck.bot.evidence.ProbeSpec;
import io.pidcheck.bot.evidence.Termination;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds why calico-node was restarted; PID exhaustion only where something says so. */
final class RestartReading {

  private static final Duration YOUNG = Duration.ofHours(1);
  // from the kernel's start to the runtime's, on a slow machine
  private static final Duration COMING_UP = Duration.ofMinutes(10);
  private static final Comparator<Instant> IN_TIME = Comparator.naturalOrder();

  private final Scene scene;
  private final Quotes quotes;
  private final boolean full;
  private final Optional<PodSeen> pod;
  private final int count;
  private final Optional<Termination> last;

  RestartReading(Scene scene, Quotes quotes, boolean full) {
    this.scene = scene;
    this.quotes = quotes;
    this.full = full;
    this.pod = scene.around().calicoNode();
    this.count = pod.map(PodSeen::restarts).orElseGet(() -> startedAgain(quotes));
    this.last =
        pod.stream()
            .flatMap(seen -> seen.containers().stream())
            .flatMap(container -> container.lastTermination().stream())
            .max(Comparator.comparing(end -> end.finishedAt().orElse(Instant.EPOCH), IN_TIME));
  }

  private static int startedAgain(Quotes quotes) {
    long most =
        quotes.calico().stream()
            .filter(quote -> quote.event().reason().equals("Started"))
            .mapToLong(quote -> quote.event().count())
            .max()
            .orElse(1);
    return (int) Math.min(Integer.MAX_VALUE, most - 1);
  }

  Restart read() {
    if (pod.isEmpty() && quotes.calico().isEmpty()) {
      return found(Reason.NOT_SEEN, List.of());
    }
    if (pod.isPresent() && pod.get().statusReason().equals("Evicted")) {
      return found(Reason.EVICTED, reasons("Evicted"));
    }
    List<Quote> announced =
        quotes.ofCalico(quote -> ProbeWords.announcesRestart(quote.event().message()));
    if (count == 0 && announced.isEmpty()) {
      return notRestarted();
    }
    return last.filter(end -> end.reason().equals("OOMKilled")).isPresent()
        ? found(Reason.OOM_KILLED, reasons("OOMKilling"))
        : rebooted().orElseGet(() -> announced.isEmpty() ? ended() : failedLiveness(announced));
  }

  private Restart notRestarted() {
    List<Quote> pulls =
        quotes.ofCalico(
            quote ->
                quote.event().message().contains("ErrImagePull")
                    || quote.event().message().contains("ImagePullBackOff")
                    || quote.event().message().startsWith("Failed to pull image"));
    if (waitsFor("ErrImagePull") || waitsFor("ImagePullBackOff") || !pulls.isEmpty()) {
      return found(Reason.IMAGE_PULL, pulls);
    }
    List<Quote> stopped =
        quotes.ofAnyCalico(
            quote -> quote.event().message().startsWith("Stopping container calico-node"));
    return young(pod.flatMap(PodSeen::createdAt)) && !stopped.isEmpty()
        ? found(Reason.ROLLOUT, stopped)
        : found(Reason.NONE, List.of());
  }

  private boolean waitsFor(String reason) {
    return pod.stream()
        .flatMap(seen -> seen.containers().stream())
        .flatMap(container -> container.waiting().stream())
        .anyMatch(reason::equals);
  }

  /** Within the time for which the API server keeps events (kube-apiserver: --event-ttl). */
  private boolean young(Optional<Instant> since) {
    return since.filter(at -> at.isAfter(scene.around().at().minus(YOUNG))).isPresent();
  }

  /**
   * It ended before the node came up; or the runtime only found out then that it was gone, which
   * containerd dates to its own start (exit code 255, reason Unknown).
   */
  private Optional<Restart> rebooted() {
    List<Quote> said = quotes.ofAny(quote -> quote.event().reason().equals("Rebooted"));
    Duration slack = last.filter(RestartReading::lost).isPresent() ? COMING_UP : Duration.ZERO;
    Optional<Instant> ended = last.flatMap(Termination::finishedAt);
    boolean byUptime =
        ended
            .flatMap(end -> scene.bootedAt().map(boot -> end.isBefore(boot.plus(slack))))
            .orElse(false);
    boolean byEvent =
        said.stream()
            .flatMap(quote -> quote.event().last().stream())
            .anyMatch(boot -> ended.filter(end -> near(end, boot, slack)).isPresent());
    return byUptime || byEvent ? Optional.of(found(Reason.NODE_REBOOT, said)) : Optional.empty();
  }

  private static boolean lost(Termination end) {
    return end.reason().equals("Unknown") || end.reason().equals("ContainerStatusUnknown");
  }

  private static boolean near(Instant one, Instant other, Duration slack) {
    return Duration.between(one, other).abs().compareTo(slack) < 0;
  }

  private Restart failedLiveness(List<Quote> announced) {
    List<Quote> liveness = quotes.ofCalico(quote -> isLiveness(quote) && quote.signal().strong());
    if (!liveness.isEmpty()) {
      return found(Reason.PID_EXHAUSTION, liveness);
    }
    List<Quote> weak = quotes.ofCalico(quote -> isLiveness(quote) && isRuntimes(quote));
    if (!weak.isEmpty() && (full || !quotes.strong().isEmpty())) {
      return found(Reason.PID_EXHAUSTION, weak);
    }
    List<Quote> others = quotes.ofCalico(RestartReading::isLiveness);
    if (liveness().map(spec -> !spec.forks()).orElse(false)) {
      return found(Reason.HTTP_PROBE, others.isEmpty() ? announced : others);
    }
    Predicate<Quote> timedOut = quote -> quote.probe().map(ProbeWords::timedOut).orElse(false);
    return others.stream().anyMatch(timedOut)
        ? found(Reason.PROBE_TIMED_OUT, others)
        : found(Reason.LIVENESS_FAILED, others.isEmpty() ? announced : others);
  }

  private static boolean isLiveness(Quote quote) {
    return quote.probe().map(probe -> probe.probe() == Probe.LIVENESS).orElse(false);
  }

  /** The runtime could not run the probe; a timeout alone has many causes. */
  private static boolean isRuntimes(Quote quote) {
    return quote.signal() instanceof Weak(Hint hint)
        && (hint == Hint.SETNS_EXITED
            || hint == Hint.INIT_PIPE_BROKEN
            || hint == Hint.EXEC_NOT_STARTED);
  }

  private Optional<ProbeSpec> liveness() {
    return pod.stream()
        .flatMap(seen -> seen.containers().stream())
        .filter(container -> container.liveness().isPresent())
        .findFirst()
        .flatMap(ContainerSeen::liveness);
  }

  /** No probe was blamed: how did the process itself end? */
  private Restart ended() {
    if (last.isEmpty()) {
      return found(Reason.UNKNOWN, List.of());
    }
    List<Quote> refused = quotes.ofCalico(quote -> quote.signal().strong());
    if (!refused.isEmpty() && endedBefore(refused)) {
      return found(Reason.EARLIER, List.of());
    }
    if (!refused.isEmpty() || Signal.of(last.get().message()).strong()) {
      return found(Reason.PID_EXHAUSTION, refused);
    }
    if (full && young(last.get().finishedAt()) && scene.around().events().isEmpty()) {
      return found(Reason.POSSIBLY_PIDS, List.of());
    }
    return switch (ExitMeaning.of(last.get().exitCode())) {
      case CLEAN, TERMINATED -> found(Reason.STOPPED, List.of());
      case ERROR, NOT_EXECUTABLE, NOT_FOUND -> found(Reason.CRASHED, List.of());
      case ABORTED, SEGMENTATION_FAULT -> found(Reason.CRASHED, List.of());
      case NOT_STARTED, KILLED -> found(Reason.UNKNOWN, List.of());
    };
  }

  /** By when the earliest of these was first seen. */
  private boolean endedBefore(List<Quote> refused) {
    Optional<Instant> first =
        refused.stream().flatMap(quote -> quote.event().first().stream()).min(IN_TIME);
    return first.isPresent()
        && last.flatMap(Termination::finishedAt)
            .filter(end -> end.isBefore(first.get()))
            .isPresent();
  }

  private List<Quote> reasons(String reason) {
    return quotes.ofAny(quote -> quote.event().reason().equals(reason));
  }

  private Restart found(Reason reason, List<Quote> events) {
    return new Restart(count, reason, events, last);
  }
}
