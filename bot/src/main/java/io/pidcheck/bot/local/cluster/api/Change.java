package io.pidcheck.bot.local.cluster.api;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One write.
 *
 * @param version the resourceVersion this write has
 * @param before absent when the object was created
 * @param after absent when it was removed
 */
record Change(
    long version, ObjectKey key, Optional<ObjectNode> before, Optional<ObjectNode> after) {

  /**
   * What a watch with that selector sees of it: an object that comes to match is ADDED, one that
   * stops to match is DELETED.
   */
  Optional<ObjectNode> seenThrough(Selector selector) {
    Optional<ObjectNode> old = before.filter(selector::matches);
    Optional<ObjectNode> now = after.filter(selector::matches);
    if (now.isPresent()) {
      return Optional.of(event(old.isPresent() ? "MODIFIED" : "ADDED", now.get()));
    }
    return old.map(object -> event("DELETED", atVersion(object)));
  }

  static ObjectNode event(String type, ObjectNode object) {
    ObjectNode event = Json.object().put("type", type);
    event.set("object", object);
    return event;
  }

  private ObjectNode atVersion(ObjectNode object) {
    ObjectNode copy = after.orElse(object).deepCopy();
    Json.child(copy, "metadata").put("resourceVersion", Long.toString(version));
    return copy;
  }
}
