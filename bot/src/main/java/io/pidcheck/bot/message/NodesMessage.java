package io.pidcheck.bot.message;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.NotTold;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Told;
import io.pidcheck.bot.cluster.kubelet.NodeReading;
import io.pidcheck.bot.cluster.kubelet.NodeTasks;
import io.pidcheck.bot.diagnosis.Level;
import io.pidcheck.bot.diagnosis.LimitUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All nodes, the fullest first, a page at a time. */
public final class NodesMessage {

  /** The action of the buttons that turn the page; their value is the page, from 0. */
  public static final String TURN = "nodes-page-";

  private static final int ON_A_PAGE = 20;
  private static final int NAME = 80;

  private NodesMessage() {}

  /** Who asked, and when the kubelets were. */
  public record Asked(String user, Instant at) {}

  public static Message asking(String user, Texts texts) {
    Rich rich =
        new Rich()
            .emoji("hourglass_flowing_sand")
            .plain(" ")
            .say(texts, "nodes.asking")
            .plain(" ")
            .user(user);
    return new Message(texts.get("nodes.asking"), List.of(rich.block()));
  }

  public static Message noCluster(String words, Texts texts) {
    Rich rich =
        new Rich()
            .emoji("warning")
            .plain(" ")
            .say(texts, "nodes.no-cluster")
            .newLine()
            .code(Foreign.line(words, 600));
    return new Message(texts.get("nodes.no-cluster"), List.of(rich.block()));
  }

  /**
   * One page.
   *
   * @param page from 0; one that is not there is the last
   */
  public static Message page(List<NodeReading> readings, int page, Asked asked, Texts texts) {
    List<NodeReading> sorted = readings.stream().sorted(WORST_FIRST).toList();
    int pages = Math.max(1, (sorted.size() + ON_A_PAGE - 1) / ON_A_PAGE);
    int shown = Math.clamp(page, 0, pages - 1);
    String head = head(sorted, texts);
    List<LayoutBlock> blocks = new ArrayList<>();
    blocks.add(
        new Rich()
            .bold(head)
            .list(
                sorted.stream()
                    .skip((long) shown * ON_A_PAGE)
                    .limit(ON_A_PAGE)
                    .map(reading -> line(reading, texts))
                    .toList())
            .say(texts, "nodes.asked", texts.time(asked.at()), shown + 1, pages)
            .and(age(sorted, texts))
            .say(texts, "asked-by")
            .user(asked.user())
            .block());
    if (pages > 1) {
      blocks.add(buttons(shown, pages, texts));
    }
    return new Message(head, blocks);
  }

  private static final Comparator<NodeReading> WORST_FIRST =
      Comparator.comparingInt(NodesMessage::rank)
          .thenComparing(
              reading -> reading.count().told().map(NodeTasks::fullness).orElse(0.0),
              Comparator.reverseOrder())
          .thenComparing(NodeReading::node);

  // A kubelet that does not answer may be the sickest of all: after the full ones, before the well.
  private static int rank(NodeReading reading) {
    return switch (level(reading)) {
      case CRITICAL -> 0;
      case WARNING -> 1;
      case UNKNOWN -> 2;
      case HEALTHY -> 3;
    };
  }

  private static Level level(NodeReading reading) {
    return reading
        .count()
        .told()
        .map(
            node ->
                new LimitUse(
                        LimitUse.Kind.PID_MAX,
                        LimitUse.Scope.NODE,
                        "",
                        node.tasks(),
                        node.maxPid(),
                        node.freeAtLeast())
                    .level())
        .orElse(Level.UNKNOWN);
  }

  private static String head(List<NodeReading> all, Texts texts) {
    return texts.get(
        "nodes.head",
        all.size(),
        count(all, Level.CRITICAL),
        count(all, Level.WARNING),
        count(all, Level.UNKNOWN));
  }

  /** What of it was not asked for this, but heard in the rounds that the bot makes anyhow. */
  private static Rich age(List<NodeReading> all, Texts texts) {
    List<Duration> older =
        all.stream().map(NodeReading::age).filter(age -> age.toSeconds() > 0).sorted().toList();
    return older.isEmpty()
        ? new Rich()
        : new Rich().say(texts, "nodes.age", older.size(), texts.duration(older.getLast()));
  }

  private static long count(List<NodeReading> all, Level level) {
    return all.stream().filter(reading -> level(reading) == level).count();
  }

  private static Rich line(NodeReading reading, Texts texts) {
    Rich rich =
        new Rich()
            .emoji(VerdictWords.emoji(level(reading)))
            .plain(" ")
            .bold(Foreign.line(reading.node(), NAME))
            .plain(" ");
    return switch (reading.count()) {
      case Told<NodeTasks>(NodeTasks node) ->
          rich.say(
              texts,
              "nodes.line",
              node.tasks(),
              node.maxPid(),
              texts.percent((double) node.tasks() / node.maxPid()),
              node.freeAtLeast());
      case NotTold<NodeTasks> lack -> rich.and(new FiguresBlock(texts).lack(lack));
    };
  }

  private static ActionsBlock buttons(int page, int pages, Texts texts) {
    List<BlockElement> buttons = new ArrayList<>();
    if (page > 0) {
      buttons.add(button(texts.get("nodes.previous"), "previous", page - 1));
    }
    if (page < pages - 1) {
      buttons.add(button(texts.get("nodes.next"), "next", page + 1));
    }
    return ActionsBlock.builder().elements(buttons).build();
  }

  private static ButtonElement button(String text, String which, int page) {
    return ButtonElement.builder()
        .text(PlainTextObject.builder().text(text).build())
        .actionId(TURN + which)
        .value(Integer.toString(page))
        .build();
  }
}
