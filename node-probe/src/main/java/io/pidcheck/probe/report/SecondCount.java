package io.pidcheck.probe.report;

/**
 * The node's tasks counted once more, at the end of the same run.
 *
 * @param threads as {@link PidUse#threads()}
 * @param afterMillis how long after the first count
 */
public record SecondCount(long threads, long afterMillis) {}
