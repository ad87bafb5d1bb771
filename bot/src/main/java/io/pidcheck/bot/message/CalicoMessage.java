package io.pidcheck.bot.message;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.DaemonPod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The watched DaemonSets' pods, a line each, a page at a time: the worst first. */
public final class CalicoMessage {

  /** What the action_id of a button that turns the page begins with; its value is the page. */
  public static final String TURN = "calico-page-";

  private static final int ROWS = 20;
  private static final int NODE = 32;
  private static final int WORDS = 24;

  private static final Comparator<DaemonPod> WORST_FIRST =
      Comparator.comparing(DaemonPod::ready)
          .thenComparing(Comparator.comparingInt(DaemonPod::restarts).reversed())
          .thenComparing(DaemonPod::node);

  private CalicoMessage() {}

  /**
   * One page.
   *
   * @param page from 0; one that is not there is the last
   */
  public static Message of(List<DaemonPod> pods, int page, Texts texts) {
    List<DaemonPod> sorted = pods.stream().sorted(WORST_FIRST).toList();
    int last = Math.max(0, (sorted.size() - 1) / ROWS);
    int shown = Math.clamp(page, 0, last);
    List<DaemonPod> rows =
        sorted.subList(
            Math.min(shown * ROWS, sorted.size()), Math.min((shown + 1) * ROWS, sorted.size()));
    long ready = pods.stream().filter(DaemonPod::ready).count();
    Rich rich =
        new Rich()
            .emoji(ready == pods.size() ? "large_green_circle" : "warning")
            .plain(" ")
            .say(texts, "calico.head", ready, pods.size());
    if (rows.isEmpty()) {
      rich.newLine().say(texts, "calico.none");
    } else {
      rich.preformatted(table(rows, texts));
    }
    List<LayoutBlock> blocks = new ArrayList<>(List.of(rich.block()));
    if (last > 0) {
      blocks.add(buttons(shown, last, texts));
    }
    return new Message(texts.get("calico.text", ready, pods.size()), blocks);
  }

  private static String table(List<DaemonPod> rows, Texts texts) {
    int width = Math.min(NODE, rows.stream().mapToInt(row -> row.node().length()).max().orElse(0));
    StringBuilder table = new StringBuilder();
    for (DaemonPod row : rows) {
      String node = Foreign.line(row.node(), width);
      table
          .append(table.isEmpty() ? "" : "\n")
          .append(row.ready() ? "● " : "○ ")
          .append(node)
          .append(" ".repeat(Math.max(0, width - node.length()) + 2))
          .append(texts.get("calico.restarts", row.restarts()))
          .append(state(row))
          .append(last(row, texts));
    }
    return table.toString();
  }

  private static String state(DaemonPod row) {
    return row.waiting().isEmpty() ? "" : "  " + Foreign.line(row.waiting(), WORDS);
  }

  private static String last(DaemonPod row, Texts texts) {
    return row.last()
        .map(
            end ->
                "  "
                    + texts.get(
                        "calico.last",
                        Foreign.line(end.reason(), WORDS),
                        end.exitCode(),
                        texts.time(end.at())))
        .orElse("");
  }

  private static LayoutBlock buttons(int page, int last, Texts texts) {
    List<BlockElement> buttons = new ArrayList<>();
    if (page > 0) {
      buttons.add(button("back", page - 1, texts.get("page.back")));
    }
    if (page < last) {
      buttons.add(button("on", page + 1, texts.get("page.on", page + 2, last + 1)));
    }
    return ActionsBlock.builder().elements(buttons).build();
  }

  private static BlockElement button(String where, int page, String label) {
    return ButtonElement.builder()
        .actionId(TURN + where)
        .value(String.valueOf(page))
        .text(PlainTextObject.builder().text(label).build())
        .build();
  }
}
