package io.pidcheck.probe.remedy;

import io.pidcheck.probe.proc.ProcFs;
import io.pidcheck.probe.proc.Unread;
import io.pidcheck.probe.remedy.SystemCalls.Answer;
import io.pidcheck.probe.report.KillResult;
import io.pidcheck.probe.report.KillResult.Outcome;
import io.pidcheck.probe.report.Reason;
import io.pidcheck.probe.report.Reason.Why;
import io.pidcheck.probe.report.RemedyResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** SIGTERM to all, one grace for all, SIGKILL to those that are left. */
final class Killing {

  /** A process of 21,000 threads is gone in 0.1 s; one that waits for a dead disk never. */
  private static final Duration AFTER_SIGKILL = Duration.ofSeconds(5);

  /** On a busy node the threads end one by one: as long as they do, it is waited so long. */
  private static final Duration MOST_AFTER_SIGKILL = Duration.ofSeconds(20);

  /** Within this a parent that waits for its children at all has done so, wait(2). */
  private static final Duration UNTIL_WAITED_FOR = Duration.ofSeconds(2);

  private static final long BETWEEN_LOOKS_MILLIS = 20;

  private final Remedy.Kill kill;
  private final ProcFs proc;
  private final List<Aim> aims = new ArrayList<>();

  Killing(Remedy.Kill kill) {
    this.kill = kill;
    proc = new ProcFs(kill.order().proc(), new Unread());
  }

  /**
   * @throws IOException when there is no proc file system
   */
  KillResult run() throws IOException {
    long before = proc.tasks();
    String bootId = proc.bootId();
    if (bootId.equals(kill.order().bootId())) {
      try (PidFds pidFds = new PidFds()) {
        act(pidFds);
      }
    } else {
      for (Remedy.Target target : kill.targets()) {
        aims.add(
            new Aim(target, 0, "", System.nanoTime())
                .decide(Outcome.NOT_TRIED, Reason.of(Why.NODE_REBOOTED)));
      }
    }
    long after = proc.tasks();
    return new KillResult(
        RemedyResult.VERSION,
        kill.order().node(),
        bootId,
        kill.order().dryRun(),
        before,
        after,
        aims.stream().map(Aim::ended).toList());
  }

  private void act(PidFds pidFds) {
    Sight sight = new Sight(proc, pidFds, new Protection(proc, kill.protection()));
    for (Remedy.Target target : kill.targets()) {
      aims.add(sight.at(target));
    }
    if (kill.order().dryRun()) {
      for (Aim aim : open()) {
        aim.decide(Outcome.WOULD_KILL);
      }
      return;
    }
    signal(pidFds, PidFds.SIGTERM, Outcome.ENDED_BY_ITSELF);
    await(pidFds, kill.grace(), Outcome.TERMINATED);
    signal(pidFds, PidFds.SIGKILL, Outcome.TERMINATED);
    awaitThreads(pidFds, sight);
    for (Aim aim : open()) {
      aim.decide(Outcome.STILL_THERE_UNINTERRUPTIBLE, sight.holdout(aim.target));
    }
    awaitParents(sight);
  }

  /** What is counted afterwards must not count threads that are on their way out. */
  private void awaitThreads(PidFds pidFds, Sight sight) {
    long deadline = System.nanoTime() + MOST_AFTER_SIGKILL.toNanos();
    long before;
    long left = threads(sight);
    do {
      before = left;
      await(pidFds, AFTER_SIGKILL, Outcome.KILLED);
      left = threads(sight);
    } while (left > 0 && left < before && System.nanoTime() < deadline);
  }

  private long threads(Sight sight) {
    return open().stream().mapToLong(aim -> sight.threads(aim.target)).sum();
  }

  private void awaitParents(Sight sight) {
    long deadline = System.nanoTime() + UNTIL_WAITED_FOR.toNanos();
    while (zombies(sight) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(BETWEEN_LOOKS_MILLIS).toNanos());
    }
    for (Aim aim : killed()) {
      sight.afterwards(aim.target).ifPresent(aim::because);
    }
  }

  private boolean zombies(Sight sight) {
    return killed().stream().anyMatch(aim -> sight.afterwards(aim.target).isPresent());
  }

  private List<Aim> killed() {
    return aims.stream().filter(aim -> aim.ended().outcome().byUs()).toList();
  }

  private List<Aim> open() {
    return aims.stream().filter(Aim::open).toList();
  }

  /**
   * @param gone what it means when the process is not there any more
   */
  private void signal(PidFds pidFds, int signal, Outcome gone) {
    for (Aim aim : open()) {
      Answer answer = pidFds.signal(aim.pidFd, signal);
      if (answer.errno() == Errno.ESRCH) {
        aim.decide(gone);
      } else if (answer.errno() == Errno.EPERM) {
        aim.decide(Outcome.NOT_PERMITTED);
      } else if (answer.failed()) {
        String errno = Errno.name(answer.errno());
        aim.decide(Outcome.NOT_TRIED, Reason.of(Why.CALL_FAILED, "pidfd_send_signal", errno));
      }
    }
  }

  private void await(PidFds pidFds, Duration atMost, Outcome meaning) {
    long deadline = System.nanoTime() + atMost.toNanos();
    List<Aim> open = open();
    while (!open.isEmpty()) {
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      boolean[] ended = pidFds.ended(open.stream().map(aim -> aim.pidFd).toList(), left);
      for (int i = 0; i < ended.length; i++) {
        if (ended[i]) {
          open.get(i).decide(meaning);
        }
      }
      if (left.isZero()) {
        return;
      }
      open = open();
    }
  }
}
