/** The Kubernetes edge: Jobs, logs, nodes, pods, events. The cluster is the database. */
@NullMarked
package io.pidcheck.bot.cluster;

import org.jspecify.annotations.NullMarked;
