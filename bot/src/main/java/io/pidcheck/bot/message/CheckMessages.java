package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.evidence.KubeletFigures;
import io.pidcheck.bot.evidence.ProbeOutcome;
import io.pidcheck.bot.evidence.ProbeProgress.Underway;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
   * What is being checked.
   *
   * @param firstTry the last words of a probe that died before; foreign text
   */
  public record Checking(String node, Optional<String> firstTry) {}

  /**
   * The same message while the probe is on its way.
   *
   * @param figures what the kubelet counts meanwhile
   */
  public static Message progress(
      Checking checking, AnswerTo answer, Underway underway, Optional<KubeletFigures> figures) {
    Texts texts = Texts.in(answer.locale());
    String node = checking.node();
    Rich rich =
        new Rich()
            .emoji("hourglass_flowing_sand")
            .say(texts, "checking.line", node)
            .user(answer.user())
            .newLine()
            .say(texts, "progress." + underway.stage().name());
    checking
        .firstTry()
        .ifPresent(
            words ->
                rich.newLine()
                    .say(texts, "progress.once-more")
                    .plain(" ")
                    .code(Foreign.line(words, WORDS)));
    if (!underway.words().isEmpty()) {
      rich.newLine()
          .say(texts, "progress.held-up")
          .plain(" ")
          .code(Foreign.line(underway.words(), WORDS));
    }
    List<LayoutBlock> blocks = new ArrayList<>(List.of(rich.block()));
    figures.flatMap(new FiguresBlock(texts)::block).ifPresent(blocks::add);
    return new Message(texts.get("checking.text", node), blocks);
  }

  /** The API server would not take the check at all. */
  public static Message refused(String node, AnswerTo answer, String words) {
    return ended(
        node, answer, new ProbeOutcome.NotStarted(ProbeOutcome.Reason.NOT_ADMITTED, words));
  }

  /** Kubernetes cannot be asked. */
  public static Message noCluster(String node, AnswerTo answer, String words) {
    Texts texts = Texts.in(answer.locale());
    return problem(node, answer, new OutcomeWords(texts).noCluster(node, words));
  }

  /** The node turned out not to exist after the first message was out. */
  public static Message unknownNode(String node, AnswerTo answer, List<String> nearest) {
    Texts texts = Texts.in(answer.locale());
    Rich rich = new Rich().emoji("question");
    HelpMessages.unknownNode(rich, node, nearest, texts);
    return new Message(texts.get("unknown-node.text"), List.of(rich.block()));
  }

  /** A check that ended without a report, and with nothing else to look at. */
  public static Message ended(String node, AnswerTo answer, ProbeOutcome outcome) {
    Texts texts = Texts.in(answer.locale());
    return problem(node, answer, new OutcomeWords(texts).of(node, outcome));
  }

  private static Message problem(String node, AnswerTo answer, Rich what) {
    Texts texts = Texts.in(answer.locale());
    return new Message(
        texts.get("problem.text", node),
        List.of(what.block(), new Rich().say(texts, "asked-by").user(answer.user()).block()));
  }
}
