package io.pidcheck.bot.cluster;

import java.time.Instant;
import java.util.Optional;

/**
 * A watched DaemonSet's pod on one node, as far as restarts go.
 *
 * @param set which of the watched DaemonSets: {@link DaemonSetRef#name}
 * @param restarts of the watched container
 * @param ready the pod's Ready condition
 * @param readySince when that condition last changed
 * @param waiting why the container does not run: CrashLoopBackOff, ...; empty when it runs
 * @param last how the container ended before its present run
 */
public record DaemonPod(
    String set,
    String namespace,
    String name,
    String uid,
    String node,
    Instant createdAt,
    int restarts,
    boolean ready,
    Instant readySince,
    String waiting,
    Optional<Ended> last) {

  /**
   * How a container ended.
   *
   * @param reason the kubelet's word: Error, OOMKilled, ...
   */
  public record Ended(String reason, int exitCode, Instant at) {}
}
