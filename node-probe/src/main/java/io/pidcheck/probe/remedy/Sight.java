package io.pidcheck.probe.remedy;

import io.pidcheck.probe.proc.ProcFs;
import io.pidcheck.probe.proc.ProcessStat;
import io.pidcheck.probe.remedy.SystemCalls.Answer;
import io.pidcheck.probe.report.KillResult.Outcome;
import io.pidcheck.probe.report.Reason;
import io.pidcheck.probe.report.Reason.Why;
import java.util.Optional;

/** Finds out whether a target is still the process that was meant, and may be killed. */
final class Sight {

  private final ProcFs proc;
  private final PidFds pidFds;
  private final Protection protection;

  Sight(ProcFs proc, PidFds pidFds, Protection protection) {
    this.proc = proc;
    this.pidFds = pidFds;
    this.protection = protection;
  }

  /**
   * The descriptor first, then who it is. After the stat file was read the descriptor's process is
   * asked for again: if it lives, its pid was nobody else's meanwhile, and what was read is about
   * it. Start times are in ticks of 10 ms, sysconf(3); two processes with one pid and one tick
   * would need the whole pid space to come round within that time.
   */
  Aim at(Remedy.Target target) {
    long since = System.nanoTime();
    Answer fd = pidFds.open(target.pid());
    Optional<ProcessStat> stat = proc.stat(target.pid());
    String comm = stat.isPresent() ? stat.get().comm() : "";
    Aim aim = new Aim(target, (int) fd.value(), comm, since);
    if (fd.failed()) {
      return unopened(aim, fd.errno());
    }
    boolean ended = pidFds.ended(aim.pidFd);
    if (stat.isEmpty()) {
      return aim.decide(Outcome.ENDED_BY_ITSELF);
    }
    return stat.get().startTicks() == target.startTicks()
        ? it(aim, stat.get(), ended)
        : another(aim, stat.get());
  }

  private Aim it(Aim aim, ProcessStat stat, boolean ended) {
    if (ended) {
      return stat.zombie()
          ? aim.decide(Outcome.ZOMBIE, zombie(stat))
          : aim.decide(Outcome.ENDED_BY_ITSELF);
    }
    Optional<Reason> why = protection.why(stat);
    return why.isPresent() ? aim.decide(Outcome.PROTECTED, why.get()) : aim;
  }

  private static Aim another(Aim aim, ProcessStat stat) {
    return aim.decide(
        Outcome.ANOTHER_PROCESS, Reason.of(Why.STARTED_LATER, Long.toString(stat.startTicks())));
  }

  private static Aim unopened(Aim aim, int errno) {
    return switch (errno) {
      case Errno.ESRCH -> aim.decide(Outcome.ALREADY_GONE);
      // pidfd_open(2): the id of a thread that is not the first of its process; newer kernels say
      // ENOENT
      case Errno.EINVAL, Errno.ENOENT ->
          aim.decide(Outcome.ANOTHER_PROCESS, Reason.of(Why.IS_A_THREAD));
      default ->
          aim.decide(
              Outcome.NOT_TRIED, Reason.of(Why.CALL_FAILED, "pidfd_open", Errno.name(errno)));
    };
  }

  /** Who has to wait for a dead process that is still there; empty when it is not. */
  Optional<Reason> afterwards(Remedy.Target target) {
    Optional<ProcessStat> stat = proc.stat(target.pid());
    boolean still = stat.isPresent() && stat.get().startTicks() == target.startTicks();
    return still && stat.get().zombie() ? Optional.of(zombie(stat.get())) : Optional.empty();
  }

  /** How many threads it has; none once it is gone. */
  long threads(Remedy.Target target) {
    Optional<ProcessStat> stat = proc.stat(target.pid());
    boolean still = stat.isPresent() && stat.get().startTicks() == target.startTicks();
    return still ? stat.get().threads() : 0;
  }

  /** What a process that SIGKILL did not end is doing. */
  Reason holdout(Remedy.Target target) {
    Optional<ProcessStat> stat = proc.stat(target.pid());
    return stat.isPresent()
        ? Reason.of(
            Why.IN_STATE,
            Character.toString(stat.get().state()),
            Long.toString(stat.get().threads()))
        : Reason.of(Why.IN_STATE, "?", "0");
  }

  private Reason zombie(ProcessStat stat) {
    Optional<ProcessStat> parent = proc.stat(stat.ppid());
    String name = parent.isPresent() ? parent.get().comm() : "?";
    return Reason.of(Why.NOT_WAITED_FOR, Integer.toString(stat.ppid()), name);
  }
}
