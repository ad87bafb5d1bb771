package io.pidcheck.bot.local.slack.person;

import io.pidcheck.bot.local.slack.workspace.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The elements of a view or message, and what a person put into them.
 *
 * @param values {block_id: {action_id: {value | selected_option | ...}}}
 */
record FilledForm(List<Element> elements, JsonNode values) {

  /** {@code state.values} of a payload: every element that holds something, given or initial. */
  ObjectNode state() {
    ObjectNode state = Json.object();
    for (Element element : elements) {
      if (element.hasState()) {
        ObjectNode held = given(element).orElseGet(element::initialState);
        state.withObjectProperty(element.blockId()).set(element.actionId(), held);
      }
    }
    return state;
  }

  /** What Slack itself objects to before it sends a form; by block id, empty when all is well. */
  ObjectNode errors() {
    ObjectNode errors = Json.object();
    for (Element element : elements) {
      if (element.isInput()) {
        error(element).ifPresent(error -> errors.put(element.blockId(), error));
      }
    }
    return errors;
  }

  private Optional<String> error(Element element) {
    if (isGiven(element) && given(element).isEmpty()) {
      return Optional.of("This is none of the options.");
    }
    ObjectNode held = given(element).orElseGet(element::initialState);
    if (element.isEmpty(held)) {
      return element.isRequired()
          ? Optional.of("Please complete this required field.")
          : Optional.empty();
    }
    int length = held.path("value").asString("").length();
    int min = element.json().path("min_length").asInt(0);
    int max = element.json().path("max_length").asInt(3000);
    if (element.type().equals("plain_text_input") && length < min) {
      return Optional.of("Please enter at least " + min + " characters.");
    }
    return element.type().equals("plain_text_input") && length > max
        ? Optional.of("Please enter at most " + max + " characters.")
        : Optional.empty();
  }

  private boolean isGiven(Element element) {
    return values.path(element.blockId()).has(element.actionId());
  }

  private Optional<ObjectNode> given(Element element) {
    return isGiven(element)
        ? element.chosen(values.path(element.blockId()).path(element.actionId()))
        : Optional.empty();
  }
}
