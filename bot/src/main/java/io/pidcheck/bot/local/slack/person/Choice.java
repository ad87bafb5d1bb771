package io.pidcheck.bot.local.slack.person;

import io.pidcheck.bot.local.slack.api.Arguments;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a person chose, once it is sure that there was such a choice. */
sealed interface Choice {

  /**
   * @param state what the element holds now
   */
  record Made(Element element, ObjectNode state) implements Choice {

    /** How it stands in the list of actions of a payload. */
    ObjectNode action(String actionTs) {
      ObjectNode action = state.deepCopy();
      action.put("action_id", element.actionId()).put("block_id", element.blockId());
      for (String field : List.of("text", "value", "style", "placeholder")) {
        JsonNode value = element.json().path(field);
        if (!value.isMissingNode() && !action.has(field)) {
          action.set(field, value.deepCopy());
        }
      }
      return action.put("action_ts", actionTs);
    }
  }

  record Refused(String error) implements Choice {}

  /** Reads {action_id, block_id?, confirm, selected_...?}. */
  static Choice of(List<Element> elements, Arguments body) {
    Optional<String> blockId = body.text("block_id");
    List<Element> meant =
        elements.stream()
            .filter(element -> Optional.of(element.actionId()).equals(body.text("action_id")))
            .filter(element -> blockId.isEmpty() || blockId.get().equals(element.blockId()))
            .toList();
    if (meant.isEmpty()) {
      return new Refused("action_not_found");
    }
    if (meant.size() > 1) {
      return new Refused("block_id_required");
    }
    Element element = meant.getFirst();
    if (element.asksFirst() && !body.flag("confirm")) {
      return new Refused("not_confirmed");
    }
    return element
        .chosen(body.values())
        .<Choice>map(state -> new Made(element, state))
        .orElseGet(() -> new Refused("option_not_found"));
  }
}
