package io.pidcheck.bot.message;

import io.pidcheck.bot.chat.Message;
import java.util.List;

/** What one user is told alone: help, and what was wrong with a command. */
public final class HelpMessages {

  private static final int TYPED = 120;

  private HelpMessages() {}

  public static Message help(String command, Texts texts) {
    Rich rich =
        new Rich()
            .say(texts, "help.what")
            .list(
                List.of(
                    new Rich().code(command + " node <name>").say(texts, "help.node"),
                    new Rich().code(command + " node <name> force").say(texts, "help.force"),
                    new Rich().code(command + " nodes").say(texts, "help.nodes"),
                    new Rich().code(command + " report node <name>").say(texts, "help.report"),
                    new Rich().code(command + " audit [name]").say(texts, "help.audit"),
                    new Rich().code(command + " calico").say(texts, "help.calico"),
                    new Rich().code(command + " status").say(texts, "help.status"),
                    new Rich().code(command + " explain <text>").say(texts, "help.explain"),
                    new Rich().code(command + " help").say(texts, "help.help")));
    return new Message(texts.get("help.text"), List.of(rich.block()));
  }

  /**
   * A command that is not understood.
   *
   * @param problem a key below {@code bad-command.}
   * @param typed what was typed; foreign text
   */
  public static Message badCommand(String command, String problem, String typed, Texts texts) {
    Rich rich =
        new Rich()
            .emoji("information_source")
            .plain(" ")
            .say(texts, "bad-command." + problem, Foreign.line(typed, TYPED))
            .newLine()
            .say(texts, "bad-command.form")
            .plain(" ")
            .code(command + example(problem));
    return new Message(texts.get("bad-command.text"), List.of(rich.block()));
  }

  private static String example(String problem) {
    return problem.equals("no-text")
        ? " explain Liveness probe failed: OCI runtime exec failed: …"
        : " node k8s-worker02";
  }

  /** A node that the cluster does not have. */
  public static Message unknownNode(String node, List<String> nearest, Texts texts) {
    Rich rich = new Rich().emoji("question").plain(" ");
    unknownNode(rich, node, nearest, texts);
    return new Message(texts.get("unknown-node.text"), List.of(rich.block()));
  }

  /** The bot may not write in the channel. */
  public static Message notLetIn(Texts texts) {
    return new Message(
        texts.get("not-let-in.text"),
        List.of(new Rich().emoji("lock").plain(" ").say(texts, "not-let-in.what").block()));
  }

  /** Kubernetes or Slack did not do what was asked, before there was a message to edit. */
  public static Message cannotStart(String words, Texts texts) {
    Rich rich =
        new Rich()
            .emoji("warning")
            .plain(" ")
            .say(texts, "cannot-start.what")
            .newLine()
            .code(Foreign.line(words, 600));
    return new Message(texts.get("cannot-start.text"), List.of(rich.block()));
  }

  static void unknownNode(Rich rich, String node, List<String> nearest, Texts texts) {
    rich.say(texts, "unknown-node.what", Foreign.line(node, TYPED));
    if (nearest.isEmpty()) {
      rich.plain(" ").say(texts, "unknown-node.none");
      return;
    }
    rich.plain(" ").say(texts, "unknown-node.nearest");
    for (String name : nearest) {
      rich.plain(" ").code(name);
    }
  }
}
