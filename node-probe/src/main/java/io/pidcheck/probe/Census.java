package io.pidcheck.probe;

import io.pidcheck.probe.cgroup.CgroupNamespace;
import io.pidcheck.probe.cgroup.CgroupPath;
import io.pidcheck.probe.cgroup.CgroupProcs;
import io.pidcheck.probe.proc.ProcFs;
import io.pidcheck.probe.proc.ProcessStat;
import io.pidcheck.probe.proc.SecondReader;
import io.pidcheck.probe.proc.TaskTotal;
import io.pidcheck.probe.proc.Unread;
import io.pidcheck.probe.report.Limit;
import io.pidcheck.probe.report.Missing;
import io.pidcheck.probe.report.PidUse;
import io.pidcheck.probe.report.SecondCount;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** All processes, looked at once: who is there, with how many threads, in which cgroup. */
final class Census {

  /** Linux: kernel/pid.c, RESERVED_PIDS. */
  static final int RESERVED_PIDS = 300;

  /**
   * @param cgroup empty when it could not be read
   */
  record Member(ProcessStat stat, Optional<CgroupPath> cgroup) {}

  private final ProcFs proc;
  private final CgroupNamespace namespace;
  private final CgroupProcs procs;
  private final List<Member> members = new ArrayList<>();
  private final Map<String, CgroupPath> cgroups = new HashMap<>();
  private final long startNanos = System.nanoTime();
  private long endNanos;
  private long totalBefore = TaskTotal.UNKNOWN;
  private long totalAfter = TaskTotal.UNKNOWN;
  private long threads;
  private long kernelThreads;
  private long zombies;
  private long reserved;

  private Census(ProcFs proc, CgroupNamespace namespace, CgroupProcs procs) {
    this.proc = proc;
    this.namespace = namespace;
    this.procs = procs;
  }

  /**
   * @param alone no thread may be started for it, however many processes there are
   * @throws IOException when there is no proc file system
   */
  static Census take(
      ProcFs proc, CgroupNamespace namespace, CgroupProcs procs, boolean alone, Unread unread)
      throws IOException {
    Census census = new Census(proc, namespace, procs);
    census.totalBefore = proc.taskTotal();
    int[] pids = proc.pids();
    census.count(pids, alone, unread);
    if (!contains(pids, 1)) {
      // every pid namespace has a process 1; proc(5), hidepid: others' processes may be invisible
      unread.add(Missing.OTHERS_PROCESSES, "hidden: no process 1 (hidepid)");
    }
    census.endNanos = System.nanoTime();
    census.totalAfter = proc.taskTotal();
    return census;
  }

  private void count(int[] pids, boolean alone, Unread unread) {
    AtomicInteger left = new AtomicInteger(pids.length);
    SecondReader second = null;
    for (int i = 0; left.getAndDecrement() > 0; i++) {
      if (i == SecondReader.NOT_BEFORE && !alone && pids.length >= SecondReader.MANY) {
        second = SecondReader.start(pids, left, proc);
      }
      Optional<ProcessStat> stat = proc.stat(pids[i]);
      if (stat.isPresent()) {
        add(stat.get());
      }
    }
    if (second != null) {
      for (ProcessStat stat : second.found(unread)) {
        add(stat);
      }
    }
  }

  private static boolean contains(int[] pids, int pid) {
    for (int one : pids) {
      if (one == pid) {
        return true;
      }
    }
    return false;
  }

  /**
   * All tasks once more, and nothing else about them: by the kernel's own total, where that was of
   * these tasks the first time, else one by one. What the total grew by counts, not the total:
   * where it has some tasks more or less than were counted, it still has.
   *
   * @param proc the same node; what cannot be read there was noted the first time
   * @return empty when there is no proc file system any more
   */
  Optional<SecondCount> again(ProcFs proc) {
    long again = System.nanoTime();
    long tasks;
    try {
      long total =
          TaskTotal.isOf(threads, totalBefore, totalAfter) ? proc.taskTotal() : TaskTotal.UNKNOWN;
      tasks = total < 0 ? proc.tasks() : threads + total - (totalBefore + totalAfter) / 2;
    } catch (IOException e) {
      return Optional.empty();
    }
    // a count is not of a moment but takes a while, the more processes the longer: from middle to
    // middle
    long after = (again + System.nanoTime()) / 2 - (startNanos + endNanos) / 2;
    return Optional.of(new SecondCount(tasks, after / 1_000_000));
  }

  /** Since the middle of the count. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - (startNanos + endNanos) / 2);
  }

  private void add(ProcessStat stat) {
    threads += stat.threads();
    kernelThreads += stat.kernelThread() ? 1 : 0;
    zombies += stat.zombie() ? 1 : 0;
    reserved += reservedIds(stat);
    members.add(new Member(stat, cgroupOf(stat)));
  }

  // ids below 300 are given out in the first round after boot only: no process above has one
  private long reservedIds(ProcessStat stat) {
    if (stat.pid() >= RESERVED_PIDS) {
      return 0;
    }
    return stat.threads() <= 1
        ? stat.threads()
        : Math.min(stat.threads(), proc.threadsBelow(RESERVED_PIDS, stat));
  }

  private Optional<CgroupPath> cgroupOf(ProcessStat stat) {
    // kthreadd's children stay in the root cgroup, and a busy node has a thousand of them
    Optional<String> path = stat.kernelThread() ? Optional.of("/") : pathOf(stat.pid());
    if (path.isEmpty()) {
      return Optional.empty();
    }
    CgroupPath known = cgroups.get(path.get());
    if (known == null) {
      String absolute = stat.kernelThread() ? "/" : namespace.absolute(path.get());
      known = CgroupPath.parse(absolute);
      cgroups.put(path.get(), known);
    }
    return Optional.of(known);
  }

  private Optional<String> pathOf(int pid) {
    Optional<String> listed = procs.of(pid);
    if (listed.isPresent()) {
      return listed;
    }
    Optional<String> path = proc.cgroup(pid);
    if (path.isPresent()) {
      procs.found(path.get());
    }
    return path;
  }

  List<Member> members() {
    return members;
  }

  /** The cgroups that have a process. */
  List<CgroupPath> cgroups() {
    return new ArrayList<>(cgroups.values());
  }

  PidUse use(Limit pidMax) {
    OptionalLong free = OptionalLong.empty();
    if (pidMax instanceof Limit.Of limit) {
      free = OptionalLong.of(Math.max(0, limit.value() - RESERVED_PIDS - (threads - reserved)));
    }
    return new PidUse(threads, members.size(), kernelThreads, zombies, free);
  }
}
