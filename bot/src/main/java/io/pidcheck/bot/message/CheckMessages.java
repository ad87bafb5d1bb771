package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.evidence.ProbeOutcome;
import io.pidcheck.bot.evidence.ProbeOutcome.Stage;
import java.util.ArrayList;
import java.util.List;

/** The one message of a check while it has no result: on its way, or ended without a report. */
public final class CheckMessages {

  private static final int WORDS = 600;

  private CheckMessages() {}

  /** The first message, within a second of the question. */
  public static Message checking(String node, String user, Texts texts) {
    LayoutBlock line =
        new Rich()
            .emoji("hourglass_flowing_sand")
            .say(texts, "checking.line", node)
            .user(user)
            .block();
    return new Message(texts.get("checking.text", node), List.of(line));
  }

  /**
   * The same message while the probe is on its way.
   *
   * @param words what holds it up; foreign text, may be empty
   */
  public static Message progress(String node, AnswerTo answer, Stage stage, String words) {
    Texts texts = Texts.in(answer.locale());
    Rich rich =
        new Rich()
            .emoji("hourglass_flowing_sand")
            .say(texts, "checking.line", node)
            .user(answer.user())
            .newLine()
            .say(texts, "progress." + stage.name());
    if (!words.isEmpty()) {
      rich.newLine().say(texts, "progress.held-up").plain(" ").code(Foreign.line(words, WORDS));
    }
    return new Message(texts.get("checking.text", node), List.of(rich.block()));
  }

  /** The API server would not take the check at all. */
  public static Message refused(String node, AnswerTo answer, String words) {
    return ended(
        node, answer, new ProbeOutcome.NotStarted(ProbeOutcome.Reason.NOT_ADMITTED, words));
  }

  /** Kubernetes cannot be asked. */
  public static Message noCluster(String node, AnswerTo answer, String words) {
    return problem(node, answer, new Plain("no-cluster", words));
  }

  /** The node turned out not to exist after the first message was out. */
  public static Message unknownNode(String node, AnswerTo answer, List<String> nearest) {
    Texts texts = Texts.in(answer.locale());
    Rich rich = new Rich().emoji("question");
    HelpMessages.unknownNode(rich, node, nearest, texts);
    return new Message(texts.get("unknown-node.text"), List.of(rich.block()));
  }

  /** A check that ended without a report. */
  public static Message ended(String node, AnswerTo answer, ProbeOutcome outcome) {
    return problem(node, answer, plain(outcome));
  }

  /** A text's key, and the cluster's own words. */
  private record Plain(String key, String words, String argument) {

    Plain(String key, String words) {
      this(key, words, "");
    }
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

  private static Message problem(String node, AnswerTo answer, Plain plain) {
    Texts texts = Texts.in(answer.locale());
    List<LayoutBlock> blocks = new ArrayList<>();
    Rich rich =
        new Rich()
            .emoji("warning")
            .plain(" ")
            .bold(node)
            .plain(" ")
            .say(texts, plain.key() + ".what", plain.argument());
    if (!plain.words().isBlank()) {
      rich.newLine().code(Foreign.line(plain.words(), WORDS));
    }
    rich.newLine().say(texts, plain.key() + ".then");
    blocks.add(rich.block());
    blocks.add(new Rich().say(texts, "asked-by").user(answer.user()).block());
    return new Message(texts.get("problem.text", node), blocks);
  }
}
