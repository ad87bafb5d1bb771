package io.pidcheck.bot.act;

import io.pidcheck.bot.act.Remedy.DeletePod;
import io.pidcheck.bot.act.Remedy.Kill;
import io.pidcheck.bot.act.Remedy.RaisePidMax;
import io.pidcheck.bot.act.Remedy.Target;
import io.pidcheck.bot.act.Remedy.Undo;
import io.pidcheck.bot.act.Remedy.Value;
import io.pidcheck.probe.report.KillResult;
import io.pidcheck.probe.report.KillResult.Killed;
import io.pidcheck.probe.report.Reason;
import io.pidcheck.probe.report.RemedyResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The acts of the incident that all this is for. */
public final class Acts {

  public static final Instant AT = Instant.parse("2026-03-23T09:30:00Z");
  public static final String BOOT = "0f3c8f52-6c5b-4c0e-9d0a-3a8f3a1c2b4d";
  public static final Seen SEEN =
      new Seen("k8s-worker02", BOOT, AT, "pidcheck-k8s-worker02-0a1b2c3d4e-7", 31_635, 32_768);
  public static final PodName POD =
      new PodName(
          "shop",
          "order-service-6b7d8c9f5-x2x7k",
          "5a1d6f0e-8a52-4f0f-8f63-0f4ed44d5c11",
          "Deployment/order-service");
  public static final Target FIRST = target(30_855, 21_317);
  public static final Target SECOND = target(15_466, 7_853);
  public static final Kill KILL = new Kill(SEEN, List.of(FIRST));
  public static final Kill KILL_BOTH = new Kill(SEEN, List.of(FIRST, SECOND));
  public static final RaisePidMax RAISE =
      new RaisePidMax(
          SEEN,
          32_768,
          131_072,
          true,
          OptionalLong.of(131_072),
          List.of("/sys/fs/cgroup/pids/kubepods/pids.max"));
  public static final DeletePod DELETE = new DeletePod(SEEN, POD, 21_317);
  public static final Undo UNDO =
      new Undo(
          SEEN,
          "pidcheck-raise-0123456789abcdef-1",
          List.of(
              new Value(Value.PID_MAX, "32768"),
              new Value("/sys/fs/cgroup/pids/kubepods/pids.max", "32768")),
          true);

  private Acts() {}

  public static Target target(int pid, long threads) {
    return new Target(pid, 7_350_412, "dotnet", threads, Optional.of(POD));
  }

  /** What a program on that node says of processes that it was to end. */
  public static KillResult killed(boolean dryRun, Killed... targets) {
    return new KillResult(
        RemedyResult.VERSION, SEEN.node(), BOOT, dryRun, 31_635, 10_318, List.of(targets));
  }

  /** What became of {@link #FIRST}. */
  public static Killed first(KillResult.Outcome outcome, List<Reason> reasons, long tookMillis) {
    return new Killed(FIRST.pid(), FIRST.startTicks(), FIRST.comm(), outcome, reasons, tookMillis);
  }

  public static List<Remedy> all() {
    return List.of(KILL, KILL_BOTH, RAISE, DELETE, UNDO);
  }
}
