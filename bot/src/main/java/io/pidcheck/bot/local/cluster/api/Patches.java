package io.pidcheck.bot.local.cluster.api;

import io.fabric8.zjsonpatch.JsonPatch;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Applies a patch: JSON Patch (RFC 6902) or JSON Merge Patch (RFC 7386). A strategic merge patch
 * and a server-side apply in JSON are taken as merge patches: lists are replaced, not merged by
 * key.
 */
final class Patches {
  private Patches() {}

  /** The patched object, or the refusal. */
  sealed interface Patched {
    record Ok(ObjectNode object) implements Patched {}

    record Refused(Answer answer) implements Patched {}
  }

  static Patched apply(String contentType, String patch, ObjectNode target) {
    String mediaType = contentType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
    try {
      return switch (mediaType) {
        case "application/json-patch+json" -> jsonPatch(patch, target);
        case "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml" ->
            merge(Json.MAPPER.readTree(patch), target);
        default ->
            new Patched.Refused(
                Answer.refusal(
                    415,
                    "UnsupportedMediaType",
                    "the body of the request was in an unknown format"));
      };
    } catch (JacksonException e) {
      return new Patched.Refused(Answer.badRequest("the patch is not JSON"));
    }
  }

  private static Patched jsonPatch(String patch, ObjectNode target) {
    try {
      JsonNode patched = JsonPatch.apply(Json.MAPPER.readTree(patch), target);
      return patched instanceof ObjectNode object
          ? new Patched.Ok(object)
          : new Patched.Refused(Answer.badRequest("the patch leaves no object"));
    } catch (JacksonException e) {
      throw e;
    } catch (RuntimeException e) {
      // zjsonpatch throws for a malformed operation, a missing path and a failed test alike
      return new Patched.Refused(
          Answer.refusal(
              422, "Invalid", Optional.ofNullable(e.getMessage()).orElse("the patch failed")));
    }
  }

  private static Patched merge(JsonNode patch, ObjectNode target) {
    if (!(patch instanceof ObjectNode changes)) {
      return new Patched.Refused(Answer.badRequest("the patch is not an object"));
    }
    ObjectNode merged = target.deepCopy();
    mergeInto(merged, changes);
    return new Patched.Ok(merged);
  }

  private static void mergeInto(ObjectNode target, ObjectNode patch) {
    for (var field : patch.properties()) {
      if (field.getValue().isNull()) {
        target.remove(field.getKey());
      } else if (field.getValue() instanceof ObjectNode nested) {
        mergeInto(Json.child(target, field.getKey()), nested);
      } else {
        target.set(field.getKey(), field.getValue());
      }
    }
  }
}
