package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.evidence.ContainerSeen;
import io.pidcheck.bot.evidence.NodeSeen;
import io.pidcheck.bot.evidence.NodeSeen.ContainerRuntime;
import io.pidcheck.bot.evidence.PodSeen;
import io.pidcheck.bot.evidence.ProbeSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * calico-node on this node, as far as the chain needs it.
 *
 * @param anyEvents there are events of it, even if the pod itself was not seen
 */
record CalicoSight(
    Optional<PodSeen> pod, ContainerRuntime runtime, boolean anyEvents, Restart restart) {

  static CalicoSight of(Scene scene, Quotes quotes, Restart restart) {
    return new CalicoSight(
        scene.around().calicoNode(),
        scene.around().node().map(NodeSeen::runtime).orElse(ContainerRuntime.UNKNOWN),
        !quotes.calico().isEmpty(),
        restart);
  }

  boolean concerned() {
    return pod.isPresent() || anyEvents;
  }

  boolean seen() {
    return pod.isPresent();
  }

  boolean readyNow() {
    return pod.isPresent()
        && !pod.get().containers().isEmpty()
        && pod.get().containers().stream().allMatch(ContainerSeen::ready);
  }

  /** kubelet: prober.go; dockershim's failed exec comes back as an exit code, and so counts. */
  boolean throwsErroredAway() {
    return switch (runtime) {
      case CONTAINERD, CRI_O, UNKNOWN -> true;
      case DOCKER -> false;
    };
  }

  Optional<ProbeSpec> liveness() {
    return containers().flatMap(container -> container.liveness().stream()).findFirst();
  }

  boolean livenessNeedsNoProcess() {
    return needNone(containers().flatMap(container -> container.liveness().stream()).toList());
  }

  boolean probesNeedNoProcess() {
    return needNone(
        containers()
            .flatMap(
                container ->
                    Stream.concat(container.liveness().stream(), container.readiness().stream()))
            .toList());
  }

  private Stream<ContainerSeen> containers() {
    return pod.stream().flatMap(seen -> seen.containers().stream());
  }

  private static boolean needNone(List<ProbeSpec> probes) {
    return !probes.isEmpty() && probes.stream().noneMatch(ProbeSpec::forks);
  }
}
