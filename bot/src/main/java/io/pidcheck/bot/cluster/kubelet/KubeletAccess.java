package io.pidcheck.bot.cluster.kubelet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How kubelets are reached.
 *
 * @param caFile what their serving certificates are checked against, in PEM; empty for the
 *     cluster's own CA
 * @param deadline for one answer, from the connection to its last byte
 * @param connections open at once, over all nodes
 */
public record KubeletAccess(Via via, Optional<Path> caFile, Duration deadline, int connections) {

  /** Which way. */
  public enum Via {
    /** To the node's own port. Rights: nodes/stats and nodes/metrics, get. */
    DIRECT,
    /**
     * Through the API server. Right: nodes/proxy, get, which also lets its holder read every pod's
     * log and more there.
     */
    PROXY,
    /** Not at all. */
    OFF
  }

  public KubeletAccess {
    if (deadline.isNegative() || deadline.isZero() || connections < 1) {
      throw new IllegalArgumentException("no time or no connection to ask a kubelet with");
    }
  }
}
