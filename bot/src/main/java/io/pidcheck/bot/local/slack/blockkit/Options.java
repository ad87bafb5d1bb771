package io.pidcheck.bot.local.slack.blockkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The options that a menu offers, grouped or not. */
public final class Options {

  private Options() {}

  static List<String> values(JsonNode menu) {
    return all(menu).stream().map(option -> option.path("value").asString("")).toList();
  }

  /** The option of that value. */
  public static Optional<JsonNode> byValue(JsonNode menu, String value) {
    return all(menu).stream().filter(o -> o.path("value").asString("").equals(value)).findFirst();
  }

  private static List<JsonNode> all(JsonNode menu) {
    List<JsonNode> options = new ArrayList<>();
    menu.path("options").forEach(options::add);
    menu.path("option_groups").forEach(group -> group.path("options").forEach(options::add));
    return options;
  }
}
