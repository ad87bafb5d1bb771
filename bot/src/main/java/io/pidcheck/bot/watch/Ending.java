package io.pidcheck.bot.watch;

import io.pidcheck.bot.cluster.DaemonPod;
import io.pidcheck.bot.cluster.Nodes;
import io.pidcheck.bot.incident.Incident;
import io.pidcheck.bot.incident.Incident.End;
import io.pidcheck.bot.incident.Incident.Subject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * When an incident is over: its pods are Ready and PIDs are not short, both for a while. All of it
 * is read off what is there, so a change of leader does not begin the waiting anew.
 */
final class Ending {

  private final Duration calm;
  private final Function<String, List<DaemonPod>> podsOf;
  private final Nodes nodes;
  private final Clock clock;
  private final PidsNow pids;
  // only that it has to last: whoever leads next looks again
  private final Map<String, Instant> lowAt = new HashMap<>();

  /** Where the pods and the node are looked up. */
  record Places(Function<String, List<DaemonPod>> podsOf, Nodes nodes) {}

  Ending(Duration calm, Places places, PidsNow pids, Clock clock) {
    this.calm = calm;
    this.podsOf = places.podsOf();
    this.nodes = places.nodes();
    this.pids = pids;
    this.clock = clock;
  }

  Optional<End> of(Incident incident) {
    if (!incident.ongoing()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (incident.type() == Subject.REBOOT) {
      return incident.told()
          ? Optional.of(new End(now, End.Reason.TOLD, "", ""))
          : Optional.empty();
    }
    if (now.isBefore(lastSign(incident).plus(calm))) {
      return Optional.empty();
    }
    List<DaemonPod> here = podsOf.apply(incident.node());
    if (here.isEmpty() && nodes.find(incident.node()).isEmpty()) {
      return Optional.of(new End(now, End.Reason.NODE_GONE, "", ""));
    }
    boolean ready =
        !here.isEmpty()
            && here.stream()
                .allMatch(pod -> pod.ready() && !now.isBefore(pod.readySince().plus(calm)));
    return ready && enough(incident, now) ? Optional.of(calmed(incident, now)) : Optional.empty();
  }

  private boolean enough(Incident incident, Instant now) {
    String node = incident.node();
    return pids.enoughFor(node, calm).orElse(true)
        && (incident.shortage().isEmpty() || stillEnough(node, now));
  }

  // What was counted last may be older than the shortage: a kubelet whose node is out of PIDs may
  // not answer the poll any more, while calico-node looks Ready.
  private boolean stillEnough(String node, Instant now) {
    Instant low = lowAt.getOrDefault(node, Instant.EPOCH);
    if (now.isBefore(low.plus(calm))) {
      return false;
    }
    boolean enough = pids.enoughNow(node);
    if (enough) {
      lowAt.remove(node);
    } else {
      lowAt.put(node, now);
    }
    return enough;
  }

  private static Instant lastSign(Incident incident) {
    return Stream.of(
            Optional.of(incident.openedAt()),
            incident.lastRestart(),
            incident.shortage().map(Incident.Shortage::at))
        .flatMap(Optional::stream)
        .reduce(incident.openedAt(), (one, other) -> one.isAfter(other) ? one : other);
  }

  private static End calmed(Incident incident, Instant now) {
    return incident
        .remedied()
        .map(remedy -> new End(now, End.Reason.CALM, remedy.by(), remedy.what()))
        .orElseGet(() -> new End(now, End.Reason.CALM, "", ""));
  }
}
