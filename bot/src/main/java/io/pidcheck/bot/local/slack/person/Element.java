package io.pidcheck.bot.local.slack.person;

import io.pidcheck.bot.local.slack.blockkit.Options;
import io.pidcheck.bot.local.slack.workspace.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An interactive element and the block that it is in. */
record Element(String blockId, JsonNode block, JsonNode json) {

  /** The field that holds what was chosen, for each type; a button holds nothing. */
  private static final Map<String, String> VALUE_FIELDS =
      Map.ofEntries(
          Map.entry("static_select", "selected_option"),
          Map.entry("overflow", "selected_option"),
          Map.entry("radio_buttons", "selected_option"),
          Map.entry("multi_static_select", "selected_options"),
          Map.entry("checkboxes", "selected_options"),
          Map.entry("users_select", "selected_user"),
          Map.entry("multi_users_select", "selected_users"),
          Map.entry("channels_select", "selected_channel"),
          Map.entry("multi_channels_select", "selected_channels"),
          Map.entry("conversations_select", "selected_conversation"),
          Map.entry("multi_conversations_select", "selected_conversations"),
          Map.entry("datepicker", "selected_date"),
          Map.entry("timepicker", "selected_time"),
          Map.entry("plain_text_input", "value"),
          Map.entry("number_input", "value"),
          Map.entry("email_text_input", "value"),
          Map.entry("url_text_input", "value"));

  /** All of a message or view, in order. */
  static List<Element> in(JsonNode blocks) {
    List<Element> found = new ArrayList<>();
    for (JsonNode block : blocks) {
      String id = block.path("block_id").asString("");
      List<JsonNode> candidates = new ArrayList<>();
      if (block.path("type").asString("").equals("actions")) {
        block.path("elements").forEach(candidates::add);
      }
      candidates.add(block.path("accessory"));
      candidates.add(block.path("element"));
      candidates.stream()
          .filter(element -> element.has("action_id"))
          .forEach(element -> found.add(new Element(id, block, element)));
    }
    return found;
  }

  String type() {
    return json.path("type").asString("");
  }

  String actionId() {
    return json.path("action_id").asString("");
  }

  boolean isInput() {
    return block.path("type").asString("").equals("input");
  }

  boolean isRequired() {
    return isInput() && !block.path("optional").asBoolean(false);
  }

  boolean asksFirst() {
    return json.path("confirm").isObject();
  }

  /** Whether its value is part of the state; a button's and an overflow menu's are not. */
  boolean hasState() {
    return VALUE_FIELDS.containsKey(type()) && !type().equals("overflow");
  }

  /** What it holds before anyone touched it. */
  ObjectNode initialState() {
    ObjectNode state = Json.object().put("type", type());
    valueField()
        .ifPresent(
            field -> {
              JsonNode initial = json.path(field.replace("selected_", "initial_"));
              JsonNode value = field.equals("value") ? json.path("initial_value") : initial;
              state.set(field, value.isMissingNode() ? emptyValue(field) : value.deepCopy());
            });
    return state;
  }

  private static JsonNode emptyValue(String field) {
    return field.endsWith("s") ? Json.array() : Json.array().nullNode();
  }

  /** What it holds after a person's choice; empty when that is none of its options. */
  Optional<ObjectNode> chosen(JsonNode choice) {
    ObjectNode state = Json.object().put("type", type());
    Optional<String> field = valueField();
    if (field.isEmpty()) {
      return Optional.of(state);
    }
    return read(field.get(), choice.path(field.get())).map(value -> state.set(field.get(), value));
  }

  private Optional<JsonNode> read(String field, JsonNode given) {
    return switch (field) {
      case "selected_option" -> option(given);
      case "selected_options" -> options(given);
      case "value" -> given.isNull() || given.isString() ? Optional.of(given) : Optional.empty();
      default -> given.isMissingNode() ? Optional.empty() : Optional.of(given);
    };
  }

  // an option may be given whole or by its value; what the bot gets is its own option
  private Optional<JsonNode> option(JsonNode given) {
    if (given.isNull()) {
      return Optional.of(given);
    }
    String value = given.isString() ? given.stringValue() : given.path("value").asString("");
    return Options.byValue(json, value);
  }

  private Optional<JsonNode> options(JsonNode given) {
    ArrayNode chosen = Json.array();
    for (JsonNode one : given) {
      Optional<JsonNode> option = option(one);
      if (option.isEmpty()) {
        return Optional.empty();
      }
      chosen.add(option.get());
    }
    return given.isArray() ? Optional.of(chosen) : Optional.empty();
  }

  private Optional<String> valueField() {
    return Optional.ofNullable(VALUE_FIELDS.get(type()));
  }

  /** Whether a state holds nothing. */
  boolean isEmpty(ObjectNode state) {
    JsonNode value = state.path(valueField().orElse(""));
    return value.isMissingNode()
        || value.isNull()
        || (value.isArray() && value.isEmpty())
        || (value.isString() && value.stringValue().isBlank());
  }
}
