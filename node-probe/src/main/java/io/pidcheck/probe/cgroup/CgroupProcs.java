package io.pidcheck.probe.cgroup;

import io.pidcheck.probe.proc.KernelFile;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says which cgroup a process is in without a file of its own for each of 20,000 processes: once
 * many were found in one cgroup, that cgroup's list of processes is read, cgroups(7), cgroup.procs.
 * A process that has come since has to be asked itself; one that got a listed id within the count
 * is put down to its forerunner's cgroup.
 */
public final class CgroupProcs {

  /** Opening and reading one file more than that many is no loss. */
  private static final int MANY = 64;

  /** Room for 60,000 ids; those beyond are asked one by one. */
  private static final int LIST_BYTES = 512 * 1024;

  private record Listed(String path, BitSet pids) {}

  private final CgroupFs cgroups;
  private final CgroupNamespace namespace;
  private final Map<String, Integer> seen = new HashMap<>();
  private final List<Listed> listed = new ArrayList<>();

  public CgroupProcs(CgroupFs cgroups, CgroupNamespace namespace) {
    this.cgroups = cgroups;
    this.namespace = namespace;
  }

  /** The path as /proc/pid/cgroup has it, if it is known already. */
  public Optional<String> of(int pid) {
    for (Listed one : listed) {
      if (one.pids().get(pid)) {
        return Optional.of(one.path());
      }
    }
    return Optional.empty();
  }

  /**
   * One more process was found there.
   *
   * @param path as /proc/pid/cgroup has it
   */
  public void found(String path) {
    Integer before = seen.get(path);
    int times = before == null ? 1 : before + 1;
    seen.put(path, times);
    if (times == MANY) {
      list(path);
    }
  }

  private void list(String path) {
    String absolute = namespace.absolute(path);
    if (!CgroupNamespace.isAbsolute(absolute)) {
      return;
    }
    KernelFile file = new KernelFile(LIST_BYTES);
    if (file.read(cgroups.pidsRoot() + absolute + "/cgroup.procs") == KernelFile.Outcome.READ) {
      listed.add(new Listed(path, pids(file)));
    }
  }

  // a number without its end of line was cut off
  private static BitSet pids(KernelFile file) {
    BitSet pids = new BitSet();
    int pid = 0;
    for (int i = 0; i < file.length(); i++) {
      byte c = file.bytes()[i];
      if (c >= '0' && c <= '9') {
        pid = pid * 10 + (c - '0');
      } else {
        pids.set(pid);
        pid = 0;
      }
    }
    return pids;
  }
}
