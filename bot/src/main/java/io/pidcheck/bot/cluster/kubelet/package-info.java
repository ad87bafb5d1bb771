/**
 * The kubelets' own figures: what a node's kubelet counts by itself, had without starting anything
 * on the node.
 */
@NullMarked
package io.pidcheck.bot.cluster.kubelet;

import org.jspecify.annotations.NullMarked;
