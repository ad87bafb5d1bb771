package io.pidcheck.bot.local.cluster.api;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes Kubernetes objects as JSON trees. */
final class Json {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static JsonNode at(JsonNode node, String... path) {
    JsonNode found = node;
    for (String name : path) {
      found = found.path(name);
    }
    return found;
  }

  /** The value at the path as text; empty when it is absent, null, an object or an array. */
  static String text(JsonNode node, String... path) {
    JsonNode found = at(node, path);
    return found.isValueNode() && !found.isNull() ? found.asString() : "";
  }

  static Optional<ObjectNode> objectAt(JsonNode node, String... path) {
    return at(node, path) instanceof ObjectNode found ? Optional.of(found) : Optional.empty();
  }

  /** The child object of that name, made when it is missing. */
  static ObjectNode child(ObjectNode parent, String name) {
    return parent.path(name) instanceof ObjectNode found ? found : parent.putObject(name);
  }

  static ArrayNode childArray(ObjectNode parent, String name) {
    return parent.path(name) instanceof ArrayNode found ? found : parent.putArray(name);
  }

  static void putIfMissing(ObjectNode parent, String name, String value) {
    if (isAbsent(parent, name)) {
      parent.put(name, value);
    }
  }

  static void putIfMissing(ObjectNode parent, String name, long value) {
    if (isAbsent(parent, name)) {
      parent.put(name, value);
    }
  }

  /** Copies a field, or removes it where the source has none. */
  static void copyField(ObjectNode from, ObjectNode to, String name) {
    if (isAbsent(from, name)) {
      to.remove(name);
    } else {
      to.set(name, from.path(name));
    }
  }

  static boolean isAbsent(JsonNode parent, String name) {
    return parent.path(name).isMissingNode() || parent.path(name).isNull();
  }
}
