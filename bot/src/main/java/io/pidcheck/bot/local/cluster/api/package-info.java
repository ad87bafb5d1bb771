/**
 * A Kubernetes API server in memory: the part of the API that the bot, a Job controller and a
 * kubelet use, with the semantics that matter to them (resource versions, watches, subresources,
 * graceful deletion, finalizers, selectors, refusals worded as the real one words them).
 *
 * <p>It is written on Vert.x and not on fabric8's {@code KubernetesMockServer}, which is a double
 * for unit tests: it keeps every request for ever, replays all objects to each watch whatever its
 * resourceVersion, knows no field selector beyond the name, lets any update overwrite a status,
 * answers 404 without a Status, and deletes at once.
 */
@NullMarked
package io.pidcheck.bot.local.cluster.api;

import org.jspecify.annotations.NullMarked;
