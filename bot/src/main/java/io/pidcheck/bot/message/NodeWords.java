package io.pidcheck.bot.message;

import io.pidcheck.bot.evidence.NodeSeen;
import io.pidcheck.bot.evidence.NodeSeen.Condition;
import io.pidcheck.bot.evidence.Surroundings;
import java.util.ArrayList;
import java.util.List;

/** The node as the API server has it, and as of when all of the cluster's side is. */
final class NodeWords {

  private static final int WORDS = 200;

  private final Texts texts;

  NodeWords(Texts texts) {
    this.texts = texts;
  }

  List<Rich> lines(Surroundings around) {
    List<Rich> lines = new ArrayList<>();
    around.node().ifPresent(node -> lines.addAll(of(node)));
    if (around.node().isPresent() || !around.pods().isEmpty() || !around.events().isEmpty()) {
      lines.add(new Rich().say(texts, "node.as-of", texts.time(around.at())));
    }
    return lines;
  }

  private List<Rich> of(NodeSeen node) {
    List<Rich> lines = new ArrayList<>();
    lines.add(
        new Rich()
            .say(texts, "node.versions", line(node.kubeletVersion()), line(node.runtimeVersion())));
    List<String> unwell =
        node.conditions().stream().filter(NodeWords::unwell).map(NodeWords::words).toList();
    if (!unwell.isEmpty()) {
      lines.add(new Rich().say(texts, "node.conditions", line(String.join(", ", unwell))));
    }
    if (!node.taints().isEmpty()) {
      lines.add(new Rich().say(texts, "node.taints", line(String.join(", ", node.taints()))));
    }
    return lines;
  }

  /** Ready is well when True, every other condition when False. */
  private static boolean unwell(Condition condition) {
    return !condition.status().equals(condition.type().equals("Ready") ? "True" : "False");
  }

  private static String words(Condition condition) {
    return condition.type() + "=" + condition.status() + " (" + condition.reason() + ")";
  }

  private static String line(String foreign) {
    return Foreign.line(foreign, WORDS);
  }
}
