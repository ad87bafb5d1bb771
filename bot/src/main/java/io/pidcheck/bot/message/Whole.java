package io.pidcheck.bot.message;

import io.pidcheck.probe.report.Limit;
import io.pidcheck.probe.report.NodeReport;

/**
 * What shares are of: pid_max, so that they add up to how full the node is; all tasks where it is
 * not known.
 */
record Whole(long tasks) {

  Whole(NodeReport report) {
    this(
        report.limits().pidMax() instanceof Limit.Of(long max) && max > 0
            ? max
            : Math.max(1, report.use().threads()));
  }
}
