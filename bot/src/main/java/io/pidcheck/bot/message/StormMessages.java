package io.pidcheck.bot.message;

import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.incident.Incident;
import io.pidcheck.bot.incident.Incident.Subject;
import io.pidcheck.bot.incident.Storm;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Many nodes in one message: a table, the worst first. */
public final class StormMessages {

  // Slack takes some 13,200 characters over all blocks; a row has at most 31 and its words.
  private static final int ROWS = 100;
  private static final int NODE = 28;

  private final Texts texts;
  private final Optional<String> mention;

  public StormMessages(Locale language, Optional<String> mention) {
    this.texts = Texts.in(language);
    this.mention = mention;
  }

  /**
   * The summary as it is now.
   *
   * @param rows the worst first
   */
  public Message summary(Storm storm, List<Incident> rows) {
    long open = rows.stream().filter(Incident::ongoing).count();
    Rich rich = new Rich();
    if (open == 0) {
      rich.emoji("white_check_mark").plain(" ").say(texts, "storm.over", rows.size());
    } else {
      rich.emoji("rotating_light").plain(" ").say(texts, "storm.head", rows.size(), open);
      mention.ifPresent(group -> rich.plain(" ").userGroup(group));
    }
    rich.newLine().say(texts, "storm.since", texts.minute(storm.openedAt()));
    rich.preformatted(table(rows));
    if (rows.size() > ROWS) {
      rich.say(texts, "storm.more", rows.size() - ROWS);
    }
    if (!storm.diagnosed().isEmpty()) {
      rich.plain(rows.size() > ROWS ? "\n" : "")
          .say(texts, "storm.worst", storm.diagnosed().size());
    }
    return new Message(texts.get("storm.text", rows.size()), List.of(rich.block()));
  }

  /** In the thread, before the check's answer stands there. */
  public Message reply(Incident incident) {
    return new Message(
        texts.get("checking.text", incident.node()),
        List.of(
            new Rich()
                .emoji("hourglass_flowing_sand")
                .say(texts, "incident.checking", incident.node())
                .block()));
  }

  private String table(List<Incident> rows) {
    int width = rows.stream().limit(ROWS).mapToInt(row -> row.node().length()).max().orElse(0);
    int nodes = Math.min(NODE, width);
    StringBuilder table = new StringBuilder();
    for (Incident row : rows.subList(0, Math.min(ROWS, rows.size()))) {
      table
          .append(row.ongoing() ? "● " : "✓ ")
          .append(padded(Foreign.line(row.node(), nodes), nodes + 1))
          .append("  ")
          .append(what(row))
          .append('\n');
    }
    return table.isEmpty() ? "-" : table.substring(0, table.length() - 1);
  }

  private String what(Incident row) {
    if (row.type() == Subject.REBOOT) {
      return texts.get("storm.row.reboot", texts.minute(row.openedAt()));
    }
    if (row.restarts() == 0) {
      return texts.get("storm.row.pids", texts.minute(row.openedAt()));
    }
    String last = row.lastRestart().map(texts::minute).orElse("");
    return texts.get("storm.row.restarts", row.restarts(), last);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
