/**
 * calico-node's restarts and the nodes' PIDs, watched: one incident a node, one message, one
 * thread.
 */
@NullMarked
package io.pidcheck.bot.watch;

import org.jspecify.annotations.NullMarked;
