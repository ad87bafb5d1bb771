package io.pidcheck.probe.remedy;

import io.pidcheck.probe.report.Reason;
import io.pidcheck.probe.report.SysctlResult.Outcome;
import java.util.List;

/** How it ended, other than by being done: why nothing is written, or what went wrong. */
record Refusal(Outcome outcome, List<Reason> reasons) {

  Refusal {
    reasons = List.copyOf(reasons);
  }

  static Refusal of(Outcome outcome, Reason... reasons) {
    return new Refusal(outcome, List.of(reasons));
  }
}
