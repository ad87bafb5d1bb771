package io.pidcheck.probe.report;

import java.util.Optional;

/**
 * Tasks added up from the processes that were seen: by pod where there is one (all its containers),
 * else by cgroup. So 20,000 processes of one thread each show as well as one process of 20,000.
 *
 * @param path the pod's cgroup, or the cgroup itself
 */
public record OwnerUse(
    String path, CgroupKind kind, Optional<String> podUid, long threads, long processes) {}
