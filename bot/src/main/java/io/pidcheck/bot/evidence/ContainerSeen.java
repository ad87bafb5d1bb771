package io.pidcheck.bot.evidence;

import java.util.Map;
import java.util.Optional;

/**
 * One container of a pod: what was asked for, and how it fares.
 *
 * @param requests quantities as written, by resource: {@code cpu -> 500m}
 * @param limits as {@code requests}
 * @param waiting why it is not running now, as the kubelet puts it: CrashLoopBackOff
 * @param lastTermination the end before the present run, or the present end
 */
public record ContainerSeen(
    String name,
    String image,
    Map<String, String> requests,
    Map<String, String> limits,
    boolean ready,
    int restartCount,
    Optional<String> waiting,
    Optional<Termination> lastTermination,
    Optional<ProbeSpec> liveness,
    Optional<ProbeSpec> readiness) {

  public ContainerSeen {
    requests = Map.copyOf(requests);
    limits = Map.copyOf(limits);
  }
}
