package io.pidcheck.probe.report;

/**
 * What the program on a node did, and what it saw afterwards. On the wire each has a {@code kind},
 * {@code "kill"} or {@code "sysctl"}, before its components.
 */
public sealed interface RemedyResult permits KillResult, SysctlResult {

  /** The wire version of both. */
  int VERSION = 2;

  int version();

  /** The Kubernetes node's name, as the program was told. */
  String node();

  /** /proc/sys/kernel/random/boot_id as it is now: another one than asked for after a reboot. */
  String bootId();

  /** True: all was looked at as for the real thing, and nothing was done. */
  boolean dryRun();
}
