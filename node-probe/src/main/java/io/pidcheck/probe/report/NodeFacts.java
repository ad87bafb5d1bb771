package io.pidcheck.probe.report;

/**
 * Which node, which boot, and when.
 *
 * @param name the Kubernetes node name (downward API), else the host's name
 * @param bootId /proc/sys/kernel/random/boot_id: new at every boot, random(4)
 * @param kernel /proc/sys/kernel/osrelease
 * @param uptimeSeconds /proc/uptime, first field
 * @param takenAtEpochMillis wall clock at the start of the reading
 * @param tookMicros how long the reading took, without the start of the JVM
 * @param pidsRoot where the node itself has the hierarchy of the pids controller: {@code
 *     /sys/fs/cgroup/pids} with v1, {@code /sys/fs/cgroup} with v2; empty where there is none
 */
public record NodeFacts(
    String name,
    String bootId,
    String kernel,
    long uptimeSeconds,
    long takenAtEpochMillis,
    long tookMicros,
    String pidsRoot) {

  /** Of a node whose cgroups are not known. */
  public NodeFacts(
      String name,
      String bootId,
      String kernel,
      long uptimeSeconds,
      long takenAtEpochMillis,
      long tookMicros) {
    this(name, bootId, kernel, uptimeSeconds, takenAtEpochMillis, tookMicros, "");
  }
}
