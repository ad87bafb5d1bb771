package io.pidcheck.probe.report;

import java.util.Optional;

/**
 * One process, as proc(5) has it.
 *
 * @param uid the real user id; 4294967295, which is nobody's, when it could not be read
 * @param state one letter of /proc/pid/stat, field 3
 * @param startTicks field 22: clock ticks after boot; with pid and boot id it names this process
 *     and no other
 * @param threads field 20
 * @param comm the process's name, at most 15 characters, made printable
 * @param commandLine masked and bounded on the node; empty for kernel threads and zombies
 * @param nproc RLIMIT_NPROC, the soft limit
 * @param cgroup the path in the hierarchy of the pids controller; empty when it could not be read,
 *     and for a pod's process in a termination message
 */
public record ProcessUse(
    int pid,
    int ppid,
    long uid,
    String state,
    long startTicks,
    long threads,
    String comm,
    String commandLine,
    Limit nproc,
    String cgroup,
    Optional<String> podUid,
    Optional<String> containerId) {}
