package io.pidcheck.probe;

import io.pidcheck.probe.Census.Member;
import io.pidcheck.probe.cgroup.CgroupPath;
import io.pidcheck.probe.report.CommandUse;
import io.pidcheck.probe.report.OwnerUse;
import io.pidcheck.probe.report.ZombieParent;
import io.pidcheck.probe.text.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * Who holds how many threads and processes, added up by owner, by command and by zombies' parent.
 */
final class Totals {

  private static final int MAX_OWNERS = 50;
  private static final int MAX_COMMANDS = 30;
  private static final int MAX_ZOMBIE_PARENTS = 20;

  private Totals() {}

  static List<OwnerUse> owners(Census census) {
    Tallies<CgroupPath> tallies = new Tallies<>();
    for (Member member : census.members()) {
      if (member.cgroup().isPresent()) {
        CgroupPath cgroup = member.cgroup().get();
        tallies.add(cgroup.ownerPath(), cgroup, member.stat().threads());
      }
    }
    List<OwnerUse> owners = new ArrayList<>();
    for (Tallies.Tally<CgroupPath> tally : tallies.most(MAX_OWNERS)) {
      owners.add(
          new OwnerUse(
              Printable.of(tally.name),
              tally.subject.ownerKind(),
              tally.subject.podUid(),
              tally.threads,
              tally.processes));
    }
    return owners;
  }

  static List<CommandUse> commands(Census census) {
    Tallies<String> tallies = new Tallies<>();
    for (Member member : census.members()) {
      String comm = member.stat().comm();
      tallies.add(comm, comm, member.stat().threads());
    }
    List<CommandUse> commands = new ArrayList<>();
    for (Tallies.Tally<String> tally : tallies.most(MAX_COMMANDS)) {
      commands.add(new CommandUse(tally.name, tally.threads, tally.processes));
    }
    return commands;
  }

  static List<ZombieParent> zombieParents(Census census) {
    Tallies<Integer> tallies = new Tallies<>();
    for (Member member : census.members()) {
      if (member.stat().zombie()) {
        tallies.add(Integer.toString(member.stat().ppid()), member.stat().ppid(), 1);
      }
    }
    List<ZombieParent> parents = new ArrayList<>();
    for (Tallies.Tally<Integer> tally : tallies.most(MAX_ZOMBIE_PARENTS)) {
      int pid = tally.subject;
      parents.add(new ZombieParent(pid, comm(census, pid), tally.processes));
    }
    return parents;
  }

  private static String comm(Census census, int pid) {
    for (Member member : census.members()) {
      if (member.stat().pid() == pid) {
        return member.stat().comm();
      }
    }
    return ""; // ended meanwhile; its children are init's now
  }
}
