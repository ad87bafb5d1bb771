package io.pidcheck.probe;

import io.pidcheck.probe.Census.Member;
import io.pidcheck.probe.cgroup.CgroupFs;
import io.pidcheck.probe.cgroup.CgroupNamespace;
import io.pidcheck.probe.cgroup.CgroupPath;
import io.pidcheck.probe.cgroup.CgroupProcs;
import io.pidcheck.probe.cgroup.CgroupSurvey;
import io.pidcheck.probe.proc.ProcFs;
import io.pidcheck.probe.proc.ProcessStat;
import io.pidcheck.probe.proc.ThreadSurvey;
import io.pidcheck.probe.proc.Unread;
import io.pidcheck.probe.report.CommandUse;
import io.pidcheck.probe.report.Memory;
import io.pidcheck.probe.report.NodeFacts;
import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.OwnerUse;
import io.pidcheck.probe.report.PidLimits;
import io.pidcheck.probe.report.ProcessUse;
import io.pidcheck.probe.report.SecondCount;
import io.pidcheck.probe.report.ThreadNames;
import io.pidcheck.probe.report.ZombieParent;
import io.pidcheck.probe.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One look at a node: everything that a report says, read once, forking nothing. */
final class Inspection {

  private static final int MAX_SURVEYED = 5;

  /** uid_t -1, the one number that is no user's: what a report says when status is unreadable. */
  static final long NO_UID = 0xFFFF_FFFFL;

  private static final class MostThreads implements Comparator<Member> {
    @Override
    public int compare(Member a, Member b) {
      int byThreads = Long.compare(b.stat().threads(), a.stat().threads());
      return byThreads != 0 ? byThreads : Integer.compare(a.stat().pid(), b.stat().pid());
    }
  }

  private final Unread unread = new Unread();
  private final Arguments.Inspect arguments;
  private final ProcFs proc;
  private final CgroupFs cgroupFs;
  private final CgroupNamespace namespace;
  private final boolean alone;

  /**
   * @param alone whether it may start no thread: one that stays on a node has all it will ever have
   */
  Inspection(Arguments.Inspect arguments, Path ownCgroup, boolean alone) {
    this.arguments = arguments;
    this.alone = alone;
    proc = new ProcFs(arguments.proc(), unread);
    cgroupFs = CgroupFs.at(arguments.cgroup(), unread);
    namespace = CgroupNamespace.of(cgroupFs, ownCgroup, proc.cgroup(1), unread);
  }

  /**
   * @throws IOException when there is no proc file system to read
   */
  NodeReport report() throws IOException {
    long takenAt = System.currentTimeMillis();
    long start = System.nanoTime();
    CgroupProcs procs = new CgroupProcs(cgroupFs, namespace);
    Census census = Census.take(proc, namespace, procs, alone, unread);
    PidLimits limits =
        new PidLimits(proc.sysctl("kernel/pid_max"), proc.sysctl("kernel/threads-max"));
    List<Member> most = mostThreads(census);
    CgroupSurvey cgroups = CgroupSurvey.of(cgroupFs, census.cgroups());
    List<ProcessUse> processes = processes(most);
    List<ThreadNames> names = threadNames(most);
    NodeFacts node = node(takenAt, start);
    List<OwnerUse> owners = Totals.owners(census);
    List<CommandUse> commands = Totals.commands(census);
    List<ZombieParent> zombieParents = Totals.zombieParents(census);
    Memory memory = proc.memory();
    Optional<SecondCount> later = later(census);
    return new NodeReport(
        NodeReport.VERSION,
        cgroups.complete(),
        node,
        limits,
        census.use(limits.pidMax()),
        memory,
        processes,
        cgroups.cgroups(),
        owners,
        commands,
        names,
        zombieParents,
        unread.list(),
        later);
  }

  // last, so that all other work is part of the wait
  private Optional<SecondCount> later(Census census) {
    Duration wait = arguments.secondCountAfter();
    if (wait.isZero()) {
      return Optional.empty();
    }
    long millis = wait.minus(census.age()).toMillis();
    if (millis > 0) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // nobody does; a count too early is still a count
      }
    }
    return census.again(new ProcFs(arguments.proc(), new Unread()));
  }

  private NodeFacts node(long takenAt, long start) {
    String name = arguments.node().orElse("");
    if (name.isEmpty()) {
      name = proc.line("sys/kernel/hostname").orElse("");
    }
    return new NodeFacts(
        Printable.of(name),
        proc.bootId(),
        proc.line("sys/kernel/osrelease").orElse(""),
        proc.uptimeSeconds().orElse(0),
        takenAt,
        (System.nanoTime() - start) / 1000,
        Printable.of(cgroupFs.onNode()));
  }

  private static List<Member> mostThreads(Census census) {
    List<Member> sorted = new ArrayList<>(census.members());
    Collections.sort(sorted, new MostThreads());
    return sorted;
  }

  private List<ProcessUse> processes(List<Member> most) {
    List<ProcessUse> processes = new ArrayList<>();
    for (Member member : most) {
      if (processes.size() == arguments.top()) {
        break;
      }
      ProcessUse process = process(member);
      // else what was read may be another process's that got the same id
      if (proc.isStill(member.stat())) {
        processes.add(process);
      }
    }
    return processes;
  }

  private ProcessUse process(Member member) {
    ProcessStat stat = member.stat();
    Optional<CgroupPath> cgroup = member.cgroup();
    boolean hasCommandLine = !stat.kernelThread() && !stat.zombie();
    return new ProcessUse(
        stat.pid(),
        stat.ppid(),
        proc.uid(stat.pid()).orElse(NO_UID),
        String.valueOf(stat.state()),
        stat.startTicks(),
        stat.threads(),
        stat.comm(),
        hasCommandLine ? proc.commandLine(stat.pid()) : "",
        proc.nproc(stat.pid()),
        cgroup.isPresent() ? Printable.of(cgroup.get().path()) : "",
        cgroup.isPresent() ? cgroup.get().podUid() : Optional.empty(),
        cgroup.isPresent() ? cgroup.get().containerId() : Optional.empty());
  }

  private List<ThreadNames> threadNames(List<Member> most) {
    List<ThreadNames> surveyed = new ArrayList<>();
    for (Member member : most) {
      if (surveyed.size() == MAX_SURVEYED || member.stat().threads() < 2) {
        break;
      }
      ThreadNames names = ThreadSurvey.of(proc, member.stat());
      if (names.counted() > 0) {
        surveyed.add(names);
      }
    }
    return surveyed;
  }
}
