package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.bot.act.Ending;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.NodeRecord;
import io.pidcheck.bot.cluster.RemedyJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What somebody who clicked or asked is told alone: why not, and who may or did. */
public final class RemedyReplies {

  private static final int WORDS = 300;
  private static final int LINES = 20;
  private static final int LINE = 240;
  private static final int NAMED = 20;

  private final Texts texts;

  public RemedyReplies(Texts texts) {
    this.texts = texts;
  }

  /**
   * No right to it.
   *
   * @param what a key below {@code denied.}: LOOK or ACT
   * @param cause a key below {@code denied-because.}
   * @param users who may, as ids
   * @param groups who may, as ids
   */
  public Message denied(String what, String cause, Set<String> users, Set<String> groups) {
    Rich rich =
        new Rich()
            .emoji("lock")
            .plain(" ")
            .say(texts, "denied." + what)
            .plain(" ")
            .say(texts, "denied-because." + cause);
    if (!users.isEmpty() || !groups.isEmpty()) {
      rich.newLine().say(texts, "denied.who");
      new TreeSet<>(groups).stream().limit(NAMED).forEach(id -> rich.plain(" ").userGroup(id));
      new TreeSet<>(users).stream().limit(NAMED).forEach(id -> rich.plain(" ").user(id));
    }
    return alone("denied.text", List.of(rich.block()));
  }

  /** What was seen is too old to act on. */
  public Message tooOld(String node, Duration age, Duration most) {
    Rich rich =
        new Rich()
            .emoji("hourglass")
            .plain(" ")
            .say(texts, "refused.old", node, texts.duration(age), texts.duration(most));
    return withRecheck(rich, node);
  }

  /** The node was restarted since: pids and start times mean something else. */
  public Message rebooted(String node) {
    return withRecheck(warning("refused.rebooted", node), node);
  }

  /**
   * Never done from here.
   *
   * @param why a key below {@code protected.}
   * @param comm whose process it is; foreign text
   */
  public Message protectedFrom(String why, int pid, String comm) {
    return alone(
        "refused.text",
        List.of(
            new Rich()
                .emoji("no_entry")
                .plain(" ")
                .say(
                    texts,
                    "refused.protected",
                    Integer.toString(pid),
                    Foreign.line(comm, LINE),
                    texts.get("protected." + why))
                .block()));
  }

  /** Somebody was earlier. */
  public Message taken(RemedyJob by) {
    Rich rich =
        new Rich()
            .emoji("information_source")
            .plain(" ")
            .and(new RemedyWords(texts).what(by.remedy()))
            .say(texts, "refused.taken", texts.time(by.createdAt()))
            .user(by.request().user());
    Optional<Ending> ending = by.story().ending();
    if (ending.isPresent()) {
      rich.newLine().and(new EndingWords(texts, by).of(ending.get()));
    } else {
      rich.newLine().say(texts, by.waits() ? "refused.taken.waits" : "refused.taken.runs");
    }
    return alone("refused.text", List.of(rich.block()));
  }

  /** Who asked for it cannot be the second person. */
  public Message ownApproval() {
    return plain("refused.own-approval");
  }

  /** There is nothing to approve any more. */
  public Message notWaiting() {
    return plain("refused.not-waiting");
  }

  /** A button whose value is not one of ours. */
  public Message unreadable() {
    return plain("refused.unreadable");
  }

  /** The API server does not take the Job. */
  public Message notTaken(String words) {
    return quoted("refused.not-taken", words);
  }

  /** Nothing was done, or nothing that is known of: the cluster cannot be asked. */
  public Message noCluster(String words) {
    return quoted("refused.no-cluster", words);
  }

  /** A bug of ours: whether something was begun, the message itself tells. */
  public Message failed() {
    return plain("refused.failed");
  }

  /** The record of what was asked for and done. */
  public Message record(List<NodeRecord.Line> lines) {
    if (lines.isEmpty()) {
      return alone("audit.text", List.of(new Rich().say(texts, "audit.none").block()));
    }
    Rich rich = new Rich().say(texts, "audit.head");
    for (NodeRecord.Line line : lines.subList(0, Math.min(LINES, lines.size()))) {
      rich.newLine()
          .code(texts.time(line.at()) + " " + Foreign.line(line.node(), LINE))
          .plain(" ")
          .bold(Foreign.line(line.reason(), LINE))
          .plain(" " + Foreign.line(line.text(), LINE));
    }
    if (lines.size() > LINES) {
      rich.newLine().say(texts, "audit.more", lines.size() - LINES);
    }
    return alone("audit.text", List.of(rich.block()));
  }

  /** Looking again is all that is left to do. */
  private Message withRecheck(Rich rich, String node) {
    List<LayoutBlock> blocks = new ArrayList<>();
    blocks.add(rich.block());
    blocks.add(new RemedyButtons(texts, false).row(node, List.<Remedy>of()));
    return alone("refused.text", blocks);
  }

  private Message plain(String key) {
    return alone("refused.text", List.of(warning(key).block()));
  }

  private Message quoted(String key, String words) {
    return alone(
        "refused.text",
        List.of(warning(key).newLine().code(Foreign.line(words + " ", WORDS)).block()));
  }

  private Rich warning(String key, Object... arguments) {
    return new Rich().emoji("warning").plain(" ").say(texts, key, arguments);
  }

  private Message alone(String text, List<LayoutBlock> blocks) {
    return new Message(texts.get(text), blocks);
  }
}
