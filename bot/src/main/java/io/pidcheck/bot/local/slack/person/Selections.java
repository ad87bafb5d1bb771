package io.pidcheck.bot.local.slack.person;

import io.pidcheck.bot.local.slack.workspace.Json;
import io.pidcheck.bot.local.slack.workspace.Member;
import io.pidcheck.bot.local.slack.workspace.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What each person has chosen so far in the menus of each message; the oldest are forgotten. */
final class Selections {

  private static final int MAX_REMEMBERED = 1_000;

  private record Key(String user, String channel, String ts) {}

  private final Map<Key, ObjectNode> states = new LinkedHashMap<>();

  /** The state after that choice, which it remembers. */
  ObjectNode after(Member user, Message message, Choice.Made choice) {
    Key key = new Key(user.id(), message.channel(), message.ts());
    ObjectNode chosen = states.getOrDefault(key, Json.object());
    put(chosen, choice);
    states.put(key, chosen);
    if (states.size() > MAX_REMEMBERED) {
      states.remove(states.keySet().iterator().next());
    }
    return new FilledForm(Element.in(message.content().blocks()), chosen).state();
  }

  /** Sets what was chosen in a state. */
  static void put(ObjectNode state, Choice.Made choice) {
    if (choice.element().hasState()) {
      state
          .withObjectProperty(choice.element().blockId())
          .set(choice.element().actionId(), choice.state());
    }
  }
}
