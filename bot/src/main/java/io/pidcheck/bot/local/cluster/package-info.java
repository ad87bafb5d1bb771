/**
 * A cluster of one node, this machine, for local mode and for tests: a Kubernetes API on loopback
 * behind which a Job's pod is a real child process.
 */
@NullMarked
package io.pidcheck.bot.local.cluster;

import org.jspecify.annotations.NullMarked;
