package io.pidcheck.bot.message;

import io.pidcheck.bot.evidence.ProbeOutcome;

/** How a check ended that brought no report: what happened, the cluster's own words, what then. */
final class OutcomeWords {

  private static final int WORDS = 600;
  private static final int NODE = 253;

  private final Texts texts;

  OutcomeWords(Texts texts) {
    this.texts = texts;
  }

  /** A text's key, and the cluster's own words. */
  private record Plain(String key, String words, String argument) {

    Plain(String key, String words) {
      this(key, words, "");
    }
  }

  Rich of(String node, ProbeOutcome outcome) {
    return rich(node, plain(outcome));
  }

  Rich noCluster(String node, String words) {
    return rich(node, new Plain("no-cluster", words));
  }

  private static Plain plain(ProbeOutcome outcome) {
    return switch (outcome) {
      case ProbeOutcome.Reported reported ->
          throw new IllegalArgumentException("a report has a message of its own: " + reported);
      case ProbeOutcome.NotStarted(var reason, var words) ->
          new Plain("not-started." + reason.name(), words);
      case ProbeOutcome.TimedOut(var stage, var words) ->
          new Plain("timed-out." + stage.name(), words);
      case ProbeOutcome.Failed(var exitCode, var words) ->
          new Plain("failed", words, Integer.toString(exitCode));
      case ProbeOutcome.Unreadable(var why, var excerpt) ->
          new Plain("unreadable", excerpt.isBlank() ? why : why + " — " + excerpt);
      case ProbeOutcome.NodeGone() -> new Plain("node-gone", "");
      case ProbeOutcome.JobDeleted() -> new Plain("job-deleted", "");
    };
  }

  private Rich rich(String node, Plain plain) {
    Rich rich =
        new Rich()
            .emoji("warning")
            .plain(" ")
            .bold(Foreign.line(node, NODE))
            .plain(" ")
            .say(texts, plain.key() + ".what", plain.argument());
    if (!plain.words().isBlank()) {
      rich.newLine().code(Foreign.line(plain.words(), WORDS));
    }
    return rich.newLine().say(texts, plain.key() + ".then");
  }
}
