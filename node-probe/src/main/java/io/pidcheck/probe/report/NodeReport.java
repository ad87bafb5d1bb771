package io.pidcheck.probe.report;

import java.util.List;

/**
 * What one look at a node's /proc and cgroups saw.
 *
 * <p>Every list is bounded by the probe; {@link #complete()} is false where a bound cut something
 * off. What could not be read is named in {@link #missing()} and never stands as 0.
 *
 * @param version the wire version, {@value #VERSION} now
 * @param complete false when a list was cut to its bound or to fit the termination message
 * @param processes the processes with the most threads, most first
 * @param cgroups the pids controller's figures of the cgroups that matter
 * @param owners threads and processes added up by pod or, outside pods, by cgroup; most first
 * @param commands threads and processes added up by process name; most first
 * @param threadNames the thread names of the top few processes
 * @param zombieParents processes with unreaped children, most first
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
    List<Missing> missing) {

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
}
