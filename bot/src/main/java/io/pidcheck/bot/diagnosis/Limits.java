package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.diagnosis.LimitUse.Kind;
import io.pidcheck.probe.report.CgroupPids;
import io.pidcheck.probe.report.Limit;
import io.pidcheck.probe.report.NodeReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Lays every ceiling that a report knows beside its use. */
public final class Limits {

  private Limits() {}

  /** All ceilings with a number, the fullest first; equally full ones in the report's order. */
  public static List<LimitUse> of(NodeReport report) {
    List<LimitUse> limits = new ArrayList<>();
    long threads = report.use().threads();
    if (report.limits().pidMax() instanceof Limit.Of(long max)
        && report.use().freePids().isPresent()) {
      limits.add(new LimitUse(Kind.PID_MAX, "", threads, max, report.use().freePids().getAsLong()));
    }
    if (report.limits().threadsMax() instanceof Limit.Of(long max)) {
      limits.add(new LimitUse(Kind.THREADS_MAX, "", threads, max, Math.max(0, max - threads)));
    }
    for (CgroupPids cgroup : report.cgroups()) {
      if (cgroup.max() instanceof Limit.Of(long max) && max > 0 && cgroup.current().isPresent()) {
        long current = cgroup.current().getAsLong();
        limits.add(
            new LimitUse(Kind.CGROUP, cgroup.path(), current, max, Math.max(0, max - current)));
      }
    }
    limits.sort(Comparator.comparingDouble(LimitUse::fullness).reversed());
    return List.copyOf(limits);
  }
}
