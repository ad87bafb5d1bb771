package io.pidcheck.probe.report;

import java.util.List;
import java.util.Optional;

/**
 * What one look at a node's /proc and cgroups saw.
 *
 * <p>Every list is bounded by the probe. What could not be read is named in {@link #missing()};
 * where a figure has no way to be absent, it is 0 or empty then.
 *
 * @param version the wire version, {@value #VERSION} now
 * @param complete false when there are more cgroups than are listed, or when lists and texts were
 *     cut to fit the termination message; the lists of the most are always only of the most
 * @param processes the processes with the most threads, most first
 * @param cgroups the pids controller's figures of the cgroups that matter: the pods' ceiling first,
 *     then those nearest to their limit, then the unlimited ones with the most tasks
 * @param owners threads and processes added up by pod or, outside pods, by cgroup; most first
 * @param commands threads and processes added up by process name; most first
 * @param threadNames the thread names of the top few processes
 * @param zombieParents processes with unreaped children, most first
 * @param later a second count; empty when none was asked for or /proc could not be read again
 */
public record NodeReport(
    int version,
    boolean complete,
    NodeFacts node,
    PidLimits limits,
    PidUse use,
    Memory memory,
    List<ProcessUse> processes,
    List<CgroupPids> cgroups,
    List<OwnerUse> owners,
    List<CommandUse> commands,
    List<ThreadNames> threadNames,
    List<ZombieParent> zombieParents,
    List<Missing> missing,
    Optional<SecondCount> later) {

  public static final int VERSION = 1;

  public NodeReport {
    processes = List.copyOf(processes);
    cgroups = List.copyOf(cgroups);
    owners = List.copyOf(owners);
    commands = List.copyOf(commands);
    threadNames = List.copyOf(threadNames);
    zombieParents = List.copyOf(zombieParents);
    missing = List.copyOf(missing);
  }

  /** Of one count only. */
  public NodeReport(
      int version,
      boolean complete,
      NodeFacts node,
      PidLimits limits,
      PidUse use,
      Memory memory,
      List<ProcessUse> processes,
      List<CgroupPids> cgroups,
      List<OwnerUse> owners,
      List<CommandUse> commands,
      List<ThreadNames> threadNames,
      List<ZombieParent> zombieParents,
      List<Missing> missing) {
    this(
        version,
        complete,
        node,
        limits,
        use,
        memory,
        processes,
        cgroups,
        owners,
        commands,
        threadNames,
        zombieParents,
        missing,
        Optional.empty());
  }
}
