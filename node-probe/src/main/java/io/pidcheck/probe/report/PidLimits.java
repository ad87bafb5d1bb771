package io.pidcheck.probe.report;

/**
 * The node-wide ceilings. proc(5): kernel.pid_max is one number per thread and, since Linux 6.14,
 * per PID namespace; kernel.threads-max is global.
 */
public record PidLimits(Limit pidMax, Limit threadsMax) {}
