/** The pids controller, v1 and v2, and what the cgroups of a Kubernetes node stand for. */
@NullMarked
package io.pidcheck.probe.cgroup;

import org.jspecify.annotations.NullMarked;
