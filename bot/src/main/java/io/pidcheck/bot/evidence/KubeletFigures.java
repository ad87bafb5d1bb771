package io.pidcheck.bot.evidence;

import java.time.Instant;

/**
 * The kubelet's own count, from /stats/summary {@code node.rlimit}.
 *
 * @param maxPid kernel.pid_max
 * @param tasks {@code curproc}: threads, not processes
 */
public record KubeletFigures(long maxPid, long tasks, Instant at) {}
