package io.pidcheck.bot.evidence;

import io.pidcheck.bot.act.Ending;
import io.pidcheck.bot.evidence.ProbeOutcome.Stage;

/** A remedy's program as it stands now. */
public sealed interface RemedyProgress {

  /**
   * @param words what holds it up, as the cluster says it, or empty; foreign text
   */
  record Underway(Stage stage, String words) implements RemedyProgress {}

  /** It is over, one way or the other. */
  record Over(Ending ending) implements RemedyProgress {}
}
