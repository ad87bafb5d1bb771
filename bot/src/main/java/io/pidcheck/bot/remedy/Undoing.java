package io.pidcheck.bot.remedy;

import io.pidcheck.bot.act.Ending;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Remedy.Undo;
import io.pidcheck.bot.act.Remedy.Value;
import io.pidcheck.bot.act.Seen;
import io.pidcheck.bot.cluster.RemedyJob;
import io.pidcheck.probe.report.SysctlResult;
import java.util.List;
import java.util.Optional;

/** What takes a raise back: all that it really changed, to what was read before. */
final class Undoing {

  private Undoing() {}

  /** Empty where nothing was changed, and for everything that cannot be taken back. */
  static Optional<Remedy> of(RemedyJob job) {
    return job.remedy() instanceof Remedy.RaisePidMax raise
            && job.story().ending().orElse(new Ending.Expired())
                instanceof Ending.Written(SysctlResult result)
            && !result.dryRun()
        ? of(job, raise.seen(), result)
        : Optional.empty();
  }

  private static Optional<Remedy> of(RemedyJob job, Seen seen, SysctlResult result) {
    List<Value> values =
        result.written().stream()
            .filter(one -> !one.before().isEmpty() && !one.before().equals(one.after()))
            .map(one -> new Value(job.onNode(one.what()), one.before()))
            .toList();
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(new Undo(seen, job.name(), values, result.persisted()));
  }
}
