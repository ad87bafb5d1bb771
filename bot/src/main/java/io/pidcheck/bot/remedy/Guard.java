package io.pidcheck.bot.remedy;

import io.pidcheck.bot.act.PodName;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Remedy.Target;
import io.pidcheck.bot.cluster.NodePod;
import io.pidcheck.bot.diagnosis.Protection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What stands against an act, whoever asks for it. The program on the node checks again what it can
 * see there.
 */
final class Guard {

  /** Why it is not done. */
  sealed interface Objection {

    /** What was seen may not be so any more. */
    record TooOld(Duration age) implements Objection {}

    record Rebooted() implements Objection {}

    /**
     * @param why a {@link Protection} or CALICO_NODE or SETTINGS
     * @param comm foreign text
     */
    record Protected(String why, int pid, String comm) implements Objection {}
  }

  /**
   * The cluster's side.
   *
   * @param bootId of the node, as its kubelet last reported it
   * @param pods of the node
   */
  record Present(Instant now, Optional<String> bootId, List<NodePod> pods) {}

  private final Rules rules;

  Guard(Rules rules) {
    this.rules = rules;
  }

  Optional<Objection> against(Remedy remedy, Present present) {
    return tooOld(remedy, present.now())
        .or(() -> rebooted(remedy, present))
        .or(() -> protectedOnes(remedy, present));
  }

  private Optional<Objection> tooOld(Remedy remedy, Instant now) {
    return switch (remedy) {
      case Remedy.Kill kill -> tooOld(kill.seen().age(now));
      case Remedy.DeletePod delete -> tooOld(delete.seen().age(now));
      case Remedy.RaisePidMax raise -> tooOld(raise.seen().age(now));
      // it gives back what was read before it was changed: that does not age before the next boot
      case Remedy.Undo undo -> Optional.empty();
    };
  }

  private Optional<Objection> tooOld(Duration age) {
    return age.compareTo(rules.evidenceMaxAge()) > 0
        ? Optional.of(new Objection.TooOld(age))
        : Optional.empty();
  }

  private static Optional<Objection> rebooted(Remedy remedy, Present present) {
    return present
        .bootId()
        .filter(bootId -> !bootId.isEmpty() && !bootId.equals(remedy.seen().bootId()))
        .map(bootId -> new Objection.Rebooted());
  }

  private Optional<Objection> protectedOnes(Remedy remedy, Present present) {
    return switch (remedy) {
      case Remedy.Kill kill ->
          kill.targets().stream()
              .flatMap(target -> protection(target, present.pods()).stream())
              .findFirst();
      case Remedy.DeletePod delete ->
          podProtection(delete.pod(), present.pods())
              .map(why -> new Objection.Protected(why, 0, delete.pod().path()));
      case Remedy.RaisePidMax raise -> Optional.empty();
      case Remedy.Undo undo -> Optional.empty();
    };
  }

  private Optional<Objection> protection(Target target, List<NodePod> pods) {
    Optional<String> why =
        rules.protect().contains(target.comm())
            ? Optional.of("SETTINGS")
            : target
                .pod()
                .map(pod -> podProtection(pod, pods))
                .orElseGet(() -> byName(target.comm()));
    return why.map(reason -> new Objection.Protected(reason, target.pid(), target.comm()));
  }

  private static Optional<String> podProtection(PodName pod, List<NodePod> pods) {
    return pods.stream()
        .filter(present -> present.uid().equals(pod.uid()))
        .findFirst()
        .flatMap(
            present ->
                present.mirror()
                    ? Optional.of(Protection.CONTROL_PLANE.name())
                    : Optional.of("CALICO_NODE").filter(name -> present.calicoNode()));
  }

  // A name makes nothing of a pod's protected, or a leak could hide behind it.
  private static Optional<String> byName(String comm) {
    Protection protection = Protection.byName(comm);
    return protection == Protection.NONE ? Optional.empty() : Optional.of(protection.name());
  }
}
