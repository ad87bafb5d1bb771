package io.pidcheck.probe.report;

/** A process that has not reaped its children. A zombie cannot be killed; its parent can act. */
public record ZombieParent(int pid, String comm, long zombies) {}
