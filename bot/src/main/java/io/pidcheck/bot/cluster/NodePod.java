package io.pidcheck.bot.cluster;

import java.time.Instant;
import java.util.Optional;

/**
 * A pod of a node, as far as acting on it and around it needs to know.
 *
 * @param uid as its cgroup carries it
 * @param mirror a static pod's mirror
 * @param calicoNode it carries the label {@code k8s-app=calico-node}
 * @param ready condition Ready is True
 * @param readyWords the condition's reason and message where it is not; foreign text
 */
public record NodePod(
    String namespace,
    String name,
    String uid,
    boolean mirror,
    boolean calicoNode,
    boolean ready,
    Optional<Instant> readySince,
    String readyWords) {}
