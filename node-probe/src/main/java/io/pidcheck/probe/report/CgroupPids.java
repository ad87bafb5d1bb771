package io.pidcheck.probe.report;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One cgroup's pids controller (kernel: Documentation/admin-guide/cgroup-v2.rst, "PID").
 *
 * @param path in the hierarchy of the pids controller, from its root
 * @param max pids.max
 * @param current pids.current, tasks in it and below it
 */
public record CgroupPids(
    String path,
    CgroupKind kind,
    Optional<String> podUid,
    Optional<String> containerId,
    Limit max,
    OptionalLong current) {}
