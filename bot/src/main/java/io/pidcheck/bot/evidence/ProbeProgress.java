package io.pidcheck.bot.evidence;

import io.pidcheck.bot.evidence.ProbeOutcome.Stage;

/** A check as it stands now. */
public sealed interface ProbeProgress {

  /**
   * Not done yet.
   *
   * @param words what holds it up, as the cluster says it, or empty; foreign text
   */
  record Underway(Stage stage, String words) implements ProbeProgress {}

  /** Done, one way or the other. */
  record Ended(ProbeOutcome outcome) implements ProbeProgress {}
}
