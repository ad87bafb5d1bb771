/**
 * A kubelet whose containers are plain child processes of this JVM: no image, no namespace, no
 * cgroup, and the rights of whoever runs it. What it says on the API is what a real one says.
 */
@NullMarked
package io.pidcheck.bot.local.cluster.kubelet;

import org.jspecify.annotations.NullMarked;
