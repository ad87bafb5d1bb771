package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.diagnosis.Explanation;
import io.pidcheck.bot.diagnosis.Signal;
import java.util.ArrayList;
import java.util.List;

/** What a pasted event or log line means, told to the one who pasted it. */
public final class ExplainMessage {

  private ExplainMessage() {}

  /**
   * @param command the slash command, for what to ask next
   */
  public static Message of(String command, Explanation explanation, Texts texts) {
    Signal signal = explanation.signal();
    Rich rich =
        new Rich()
            .emoji(emoji(signal))
            .plain(" ")
            .say(texts, "explain." + kind(signal))
            .newLine()
            .say(texts, "meaning." + explanation.meaning().name());
    explanation
        .probe()
        .ifPresent(
            probe ->
                rich.newLine()
                    .say(
                        texts,
                        "probe-verb." + probe.verb().name(),
                        texts.get("probe." + probe.probe().name())));
    explanation.exit().ifPresent(exit -> rich.newLine().say(texts, "exit." + exit.name()));
    List<LayoutBlock> blocks = new ArrayList<>();
    blocks.add(rich.block());
    blocks.add(
        new Rich()
            .say(texts, "explain.next")
            .numbered(
                explanation.next().stream()
                    .map(next -> new Rich().say(texts, "next." + next.name(), command))
                    .toList())
            .block());
    return new Message(texts.get("explain.text"), blocks);
  }

  private static String kind(Signal signal) {
    return switch (signal) {
      case Signal.Strong strong -> "strong";
      case Signal.Weak weak -> "weak";
      case Signal.Unrelated unrelated -> "look-alike";
      case Signal.Silent silent -> "silent";
    };
  }

  private static String emoji(Signal signal) {
    return switch (signal) {
      case Signal.Strong strong -> "red_circle";
      case Signal.Weak weak -> "large_yellow_circle";
      case Signal.Unrelated unrelated -> "large_blue_circle";
      case Signal.Silent silent -> "white_circle";
    };
  }
}
