package io.pidcheck.bot.local.slack.api;

import io.pidcheck.bot.local.slack.workspace.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The arguments of a call. In a form everything is a string, and structures are JSON in a string;
 * in a JSON body they are what they are. Both read the same here.
 */
public record Arguments(ObjectNode values) {

  public boolean has(String name) {
    JsonNode value = values.path(name);
    return !value.isMissingNode()
        && !value.isNull()
        && !(value.isString() && value.stringValue().isEmpty());
  }

  /** A string, or a number or boolean as one; empty when absent, empty or a structure. */
  public Optional<String> text(String name) {
    JsonNode value = values.path(name);
    return has(name) && value.isValueNode() ? Optional.of(value.asString()) : Optional.empty();
  }

  /** A structure; empty when absent or not JSON. */
  public Optional<JsonNode> json(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    JsonNode value = values.path(name);
    return value.isString() ? Json.parse(value.stringValue()) : Optional.of(value);
  }

  public boolean flag(String name) {
    return text(name).map(value -> value.equals("true") || value.equals("1")).orElse(false);
  }

  /** A whole number; empty when absent or none. */
  public Optional<Integer> number(String name) {
    try {
      return text(name).map(Integer::valueOf);
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  /** Slack's refusal when one of these is absent. */
  Optional<Answer> missing(String... names) {
    for (String name : names) {
      if (!has(name)) {
        return Optional.of(Answer.invalidArguments("missing required field: " + name));
      }
    }
    return Optional.empty();
  }
}
