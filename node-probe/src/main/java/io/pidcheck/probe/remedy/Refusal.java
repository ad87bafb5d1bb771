package io.pidcheck.probe.remedy;

import io.pidcheck.probe.report.SysctlResult.Outcome;

/**
 * How it ended, other than by being done: why nothing is written, or what went wrong.
 *
 * @param words one short sentence
 */
record Refusal(Outcome outcome, String words) {}
