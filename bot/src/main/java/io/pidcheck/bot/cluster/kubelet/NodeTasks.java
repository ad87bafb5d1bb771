package io.pidcheck.bot.cluster.kubelet;

import java.time.Instant;
import java.util.Optional;

/**
 * The node's tasks as its kubelet counts them: /stats/summary, {@code node.rlimit}.
 *
 * @param maxPid the smaller of kernel.pid_max and kernel.threads-max (Kubernetes:
 *     pkg/kubelet/stats/pidlimit)
 * @param tasks {@code curproc}: threads, not processes
 * @param at when the kubelet counted, by the node's clock; it does so at each request
 */
public record NodeTasks(long maxPid, long tasks, Optional<Instant> at) {

  /** Ids that are not handed out again (Linux: kernel/pid.c, RESERVED_PIDS). */
  public static final long RESERVED = 300;

  public NodeTasks {
    if (maxPid <= 0 || tasks < 0) {
      throw new IllegalArgumentException(tasks + " tasks of at most " + maxPid);
    }
  }

  /** At least so many can still be started: some of the tasks hold ids below 300. */
  public long freeAtLeast() {
    return Math.max(0, maxPid - RESERVED - tasks);
  }

  /** 0 for empty, 1 for full; ids that are held back count as used. */
  public double fullness() {
    return 1 - (double) freeAtLeast() / maxPid;
  }
}
