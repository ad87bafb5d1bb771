package io.pidcheck.probe.report;

import java.util.OptionalLong;

/**
 * What is in use.
 *
 * @param threads tasks of all processes, kernel threads and zombies included: each holds one id
 * @param processes thread groups
 * @param kernelThreads children of kthreadd, and it
 * @param zombies processes in state Z
 * @param freePids ids that can still be given out under pid_max. The kernel keeps ids below 300
 *     back once it has come round (RESERVED_PIDS in kernel/pid.c), so this is pid_max - 300 less
 *     the tasks with an id of 300 or more; process groups and sessions whose leader is gone hold a
 *     few more. Empty when pid_max could not be read.
 */
public record PidUse(
    long threads, long processes, long kernelThreads, long zombies, OptionalLong freePids) {}
