package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.diagnosis.LimitUse.Scope;
import io.pidcheck.bot.diagnosis.Trend.Direction;
import io.pidcheck.bot.evidence.ProbeOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One sentence: how bad, and by which number.
 *
 * @param deciding the ceiling whose figures decide; empty where none is known
 * @param missing what would have to be known to say more
 */
public record Verdict(Level level, Reason reason, Optional<LimitUse> deciding, List<Gap> missing) {

  private static final Duration SOON = Duration.ofMinutes(10);

  public Verdict {
    missing = List.copyOf(missing);
  }

  /** What decides. */
  public enum Reason {
    LIMIT_REACHED,
    LIMIT_NEAR,
    ONE_POD_AT_ITS_LIMIT,
    CALICO_NODE_AT_ITS_LIMIT,
    FILLING_FAST,
    /** Refused lately, and room again now. */
    REFUSED_LATELY,
    /** The probe itself was refused its processes. */
    PROBE_WAS_REFUSED,
    ROOM_ENOUGH,
    /** proc(5), hidepid: what the probe could count is not the node. */
    PROCESSES_HIDDEN,
    NOTHING_KNOWN
  }

  /** What is not known. */
  public enum Gap {
    REPORT,
    /** Other users' processes are invisible to the probe: nothing of the node is counted. */
    OTHERS_PROCESSES,
    PID_MAX,
    EVENTS,
    NODE,
    CALICO_NODE,
    PODS
  }

  static Verdict of(Scene scene, Limits limits, Quotes quotes, Optional<Trend> trend) {
    List<Gap> missing = missing(scene, limits);
    Optional<LimitUse> binding = limits.binding();
    if (binding.isPresent()) {
      return ofBinding(binding.get(), isCalico(scene, binding.get()), trend, missing);
    }
    if (probeWasRefused(scene)) {
      return new Verdict(Level.CRITICAL, Reason.PROBE_WAS_REFUSED, limits.pidMax(), missing);
    }
    Optional<LimitUse> fullest = limits.all().stream().findFirst();
    Optional<LimitUse> deciding = limits.pidMax().or(() -> fullest);
    if (!quotes.strong().isEmpty()) {
      return new Verdict(Level.WARNING, Reason.REFUSED_LATELY, deciding, missing);
    }
    if (limits.pidMax().isEmpty()) {
      boolean hidden = missing.contains(Gap.OTHERS_PROCESSES);
      Reason reason = hidden ? Reason.PROCESSES_HIDDEN : Reason.NOTHING_KNOWN;
      return new Verdict(Level.UNKNOWN, reason, deciding, missing);
    }
    return soon(trend)
        ? new Verdict(Level.WARNING, Reason.FILLING_FAST, deciding, missing)
        : new Verdict(Level.HEALTHY, Reason.ROOM_ENOUGH, deciding, missing);
  }

  private static Verdict ofBinding(
      LimitUse binding, boolean calico, Optional<Trend> trend, List<Gap> missing) {
    Optional<LimitUse> deciding = Optional.of(binding);
    if (binding.scope() == Scope.ONE_POD) {
      return calico
          ? new Verdict(Level.CRITICAL, Reason.CALICO_NODE_AT_ITS_LIMIT, deciding, missing)
          : new Verdict(Level.WARNING, Reason.ONE_POD_AT_ITS_LIMIT, deciding, missing);
    }
    boolean reached = binding.level() == Level.CRITICAL;
    if (!binding.scope().wide()) {
      Reason reason = reached ? Reason.LIMIT_REACHED : Reason.LIMIT_NEAR;
      return new Verdict(Level.WARNING, reason, deciding, missing);
    }
    if (reached) {
      return new Verdict(Level.CRITICAL, Reason.LIMIT_REACHED, deciding, missing);
    }
    return soon(trend)
        ? new Verdict(Level.CRITICAL, Reason.FILLING_FAST, deciding, missing)
        : new Verdict(Level.WARNING, Reason.LIMIT_NEAR, deciding, missing);
  }

  /** systemd's slices write the uid with underscores. */
  private static boolean isCalico(Scene scene, LimitUse binding) {
    return scene
        .around()
        .calicoNode()
        .filter(pod -> binding.path().replace('_', '-').contains(pod.uid()))
        .isPresent();
  }

  private static boolean soon(Optional<Trend> trend) {
    return trend
        .filter(heading -> heading.direction() == Direction.GROWING)
        .flatMap(Trend::untilFull)
        .map(left -> left.compareTo(SOON) < 0)
        .orElse(false);
  }

  private static boolean probeWasRefused(Scene scene) {
    return scene.unreported().map(outcome -> Signal.of(words(outcome)).strong()).orElse(false);
  }

  static String words(ProbeOutcome outcome) {
    return switch (outcome) {
      case ProbeOutcome.NotStarted(var reason, String words) -> words;
      case ProbeOutcome.TimedOut(var stage, String words) -> words;
      case ProbeOutcome.Failed(int exitCode, String words) -> words;
      case ProbeOutcome.Unreadable(String why, String excerpt) -> excerpt;
      case ProbeOutcome.Reported reported -> "";
      case ProbeOutcome.NodeGone gone -> "";
      case ProbeOutcome.JobDeleted deleted -> "";
    };
  }

  private static List<Gap> missing(Scene scene, Limits limits) {
    boolean hidden = scene.report().filter(Limits::hidesProcesses).isPresent();
    return Stream.of(
            gap(Gap.REPORT, scene.report().isEmpty()),
            gap(Gap.OTHERS_PROCESSES, hidden),
            gap(Gap.PID_MAX, limits.pidMax().isEmpty() && !hidden),
            gap(Gap.EVENTS, scene.around().events().isEmpty()),
            gap(Gap.NODE, scene.around().node().isEmpty()),
            gap(Gap.CALICO_NODE, scene.around().calicoNode().isEmpty()),
            gap(Gap.PODS, scene.around().pods().isEmpty() && scene.named().isEmpty()))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Gap> gap(Gap gap, boolean open) {
    return open ? Optional.of(gap) : Optional.empty();
  }
}
