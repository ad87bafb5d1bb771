package io.pidcheck.bot.local.cluster.api;

import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** A fieldSelector and a labelSelector together: an object must meet every requirement. */
record Selector(List<Predicate<JsonNode>> requirements) {
  static final Selector EVERYTHING = new Selector(List.of());

  Selector {
    requirements = List.copyOf(requirements);
  }

  boolean isEverything() {
    return requirements.isEmpty();
  }

  boolean matches(JsonNode object) {
    return requirements.stream().allMatch(requirement -> requirement.test(object));
  }
}
