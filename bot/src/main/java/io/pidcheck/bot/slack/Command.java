package io.pidcheck.bot.slack;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What a person typed after {@code /pidcheck}. */
public sealed interface Command {

  /** Explain yourself. */
  record Help() implements Command {}

  /** List all nodes by how full they are. */
  record ListNodes() implements Command {}

  /** Check one node, also where the probe takes its last PIDs. */
  record ForceNode(String node) implements Command {}

  /** Tell how calico-node is, everywhere. */
  record Calico() implements Command {}

  /** Tell how the bot is. */
  record Status() implements Command {}

  /** Check one node. */
  record CheckNode(String node) implements Command {}

  /** Check one node, and write it up. */
  record Report(String node) implements Command {}

  /**
   * Say what a pasted event or log line means.
   *
   * @param text foreign text, of {@link #TEXT_LENGTH} characters at most
   */
  record Explain(String text) implements Command {}

  /**
   * What was asked for and done.
   *
   * @param node only there; empty for all nodes
   */
  record Audit(Optional<String> node) implements Command {}

  /**
   * Not understood.
   *
   * @param problem what is wrong: a key below {@code bad-command.} of the texts
   * @param typed the part that is wrong; foreign text
   */
  record Bad(String problem, String typed) implements Command {}

  // Kubernetes: a node's name is a DNS subdomain (RFC 1123) of 253 characters at most.
  int NODE_NAME_LENGTH = 253;
  int TEXT_LENGTH = 3000;
  Set<String> FORCE = Set.of("force", "强制");
  Pattern NODE_NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  Set<String> NODE = Set.of("node", "节点");

  /** Reads the text of a slash command. */
  static Command parse(String text) {
    String typed = unescaped(text).strip();
    List<String> words = Pattern.compile("[\\s\\u3000]+").splitAsStream(typed).toList();
    String verb = words.getFirst().toLowerCase(Locale.ROOT);
    return switch (verb) {
      case "nodes", "节点列表", "列表" -> words.size() == 1 ? new ListNodes() : new Bad("unknown", typed);
      case "", "help", "帮助", "?" -> new Help();
      case "calico" -> new Calico();
      case "status", "状态" -> new Status();
      case "node", "节点" ->
          words.size() == 3 && FORCE.contains(words.getLast().toLowerCase(Locale.ROOT))
              ? node(words.subList(1, 2), ForceNode::new)
              : node(words.subList(1, words.size()), CheckNode::new);
      case "report", "报告" -> report(words.subList(1, words.size()));
      case "audit", "审计" -> audit(words.subList(1, words.size()));
      case "explain", "解释" -> explain(typed.substring(words.getFirst().length()).strip());
      default -> new Bad("unknown", typed);
    };
  }

  private static Command audit(List<String> names) {
    return names.isEmpty()
        ? new Audit(Optional.empty())
        : node(names, name -> new Audit(Optional.of(name)));
  }

  // Slack escapes exactly these three in what people type.
  private static String unescaped(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  /** A longer text is read at its beginning, where a message says what it is about. */
  private static Command explain(String text) {
    return text.isEmpty()
        ? new Bad("no-text", "")
        : new Explain(text.substring(0, Math.min(TEXT_LENGTH, text.length())));
  }

  /** {@code report node <name>}; the word "node" may be left out. */
  private static Command report(List<String> words) {
    boolean said = words.size() > 1 && NODE.contains(words.getFirst().toLowerCase(Locale.ROOT));
    return node(said ? words.subList(1, words.size()) : words, Report::new);
  }

  private static Command node(List<String> names, Function<String, Command> command) {
    if (names.isEmpty()) {
      return new Bad("no-node", "");
    }
    if (names.size() > 1) {
      return new Bad("too-many", String.join(" ", names));
    }
    String name = bare(names.getFirst()).toLowerCase(Locale.ROOT);
    if (name.isEmpty()) {
      return new Bad("no-node", "");
    }
    if (name.length() > NODE_NAME_LENGTH || !NODE_NAME.matcher(name).matches()) {
      return new Bad("not-a-name", names.getFirst());
    }
    return command.apply(name);
  }

  // Pasted from a message or from the help: `k8s-worker02`, "k8s-worker02", <k8s-worker02>
  private static String bare(String name) {
    return name.replaceAll("^[`'\"<“‘「]+|[`'\">”’」]+$", "");
  }
}
