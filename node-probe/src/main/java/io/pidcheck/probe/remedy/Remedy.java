package io.pidcheck.probe.remedy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What is to be done on the node. */
public sealed interface Remedy {

  Order order();

  /**
   * Holds for every remedy.
   *
   * @param node the node's name, for the result
   * @param bootId what was looked at was in this boot; in another one nothing is done
   * @param dryRun true: everything but the act
   * @param proc the proc file system of the node's PID namespace
   */
  record Order(String node, String bootId, boolean dryRun, Path proc) {}

  /**
   * @param grace between SIGTERM and SIGKILL, once for all
   * @param protection what must not be killed besides what never must
   */
  record Kill(Order order, List<Target> targets, Duration grace, Guarded protection)
      implements Remedy {
    public Kill {
      targets = List.copyOf(targets);
    }
  }

  /**
   * @param pid in the node's PID namespace
   * @param startTicks proc_pid_stat(5), field 22; with the pid and the boot id it names one process
   */
  record Target(int pid, long startTicks) {}

  /**
   * @param comms names of processes, in pods too
   * @param podUids all processes of these pods
   */
  record Guarded(Set<String> comms, Set<String> podUids) {
    public Guarded {
      comms = Set.copyOf(comms);
      podUids = Set.copyOf(podUids);
    }
  }

  /**
   * @param to for pid_max and for each of the pids.max; none is lowered
   * @param threadsMax for threads-max, where its file is given
   */
  record RaisePidMax(Order order, Files files, long to, OptionalLong threadsMax)
      implements Remedy {}

  /**
   * @param restores what to put back, each one of the files
   * @param removePersisted also the file in sysctl.d, if it is still as this program wrote it
   */
  record Undo(Order order, Files files, List<Restore> restores, boolean removePersisted)
      implements Remedy {
    public Undo {
      restores = List.copyOf(restores);
    }
  }

  /**
   * @param what {@code pid_max}, {@code threads_max}, or one of the pids.max files' paths
   * @param value a number, or {@code max} for a pids.max
   */
  record Restore(String what, String value) {}

  /**
   * The files that may be written, as this program's container sees them.
   *
   * @param pidMax the node's /proc/sys/kernel/pid_max
   * @param threadsMax the node's /proc/sys/kernel/threads-max
   * @param pidsMax the pids.max of cgroups
   * @param sysctlDir the node's /etc/sysctl.d or one like it
   */
  record Files(
      Path pidMax, Optional<Path> threadsMax, List<Path> pidsMax, Optional<Path> sysctlDir) {
    public Files {
      pidsMax = List.copyOf(pidsMax);
    }
  }
}
