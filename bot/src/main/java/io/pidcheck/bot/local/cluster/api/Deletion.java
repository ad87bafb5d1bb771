package io.pidcheck.bot.local.cluster.api;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * DELETE. A pod on a node is only marked: its kubelet stops it and deletes it for good with a grace
 * period of 0. Finalizers hold an object until they are gone.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/architecture/garbage-collection/">Garbage
 *     Collection</a>
 */
final class Deletion {
  static final String FOREGROUND = "foregroundDeletion";
  static final String ORPHAN = "orphan";
  private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");
  private static final long DEFAULT_GRACE_SECONDS = 30;

  private final ObjectStore store;
  private final Clock clock;

  Deletion(ObjectStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** DeleteOptions, from the body or the query. */
  record Options(
      Optional<Long> graceSeconds,
      Optional<String> propagation,
      Optional<String> uid,
      Optional<String> resourceVersion) {

    static Optional<Options> parse(String body) {
      try {
        JsonNode options = body.isBlank() ? Json.object() : Json.MAPPER.readTree(body);
        JsonNode preconditions = options.path("preconditions");
        return Optional.of(
            new Options(
                Optional.of(options.path("gracePeriodSeconds"))
                    .filter(JsonNode::isIntegralNumber)
                    .map(JsonNode::asLong),
                given(options, "propagationPolicy"),
                given(preconditions, "uid"),
                given(preconditions, "resourceVersion")));
      } catch (JacksonException e) {
        return Optional.empty();
      }
    }

    private static Optional<String> given(JsonNode node, String field) {
      return Optional.of(Json.text(node, field)).filter(text -> !text.isEmpty());
    }
  }

  Answer delete(ObjectKey key, Options options) {
    Optional<ObjectNode> found = store.get(key);
    if (found.isEmpty()) {
      return Answer.notFound(key);
    }
    ObjectNode object = found.get();
    String uid = Json.text(object, "metadata", "uid");
    if (options.uid().stream().anyMatch(wanted -> !wanted.equals(uid))
        || options.resourceVersion().stream().anyMatch(wanted -> !wanted.equals(version(object)))) {
      return Answer.conflict(key, "Precondition failed: the object is another one by now");
    }
    ObjectNode marked = mark(key, object, options);
    if (isDue(marked)) {
      store.remove(key);
      return Answer.deleted(key, uid);
    }
    return Answer.ok(marked.equals(object) ? object : store.put(key, marked));
  }

  /** Whether nothing holds this object any more. */
  static boolean isDue(ObjectNode object) {
    JsonNode metadata = object.path("metadata");
    return metadata.has("deletionTimestamp")
        && metadata.path("finalizers").isEmpty()
        && metadata.path("deletionGracePeriodSeconds").asLong(0) == 0;
  }

  private ObjectNode mark(ObjectKey key, ObjectNode object, Options options) {
    ObjectNode marked = object.deepCopy();
    ObjectNode metadata = Json.child(marked, "metadata");
    long graceSeconds = graceSeconds(key, object, options);
    boolean again = metadata.has("deletionTimestamp");
    if (!again) {
      metadata.put(
          "deletionTimestamp",
          clock.instant().plusSeconds(graceSeconds).truncatedTo(ChronoUnit.SECONDS).toString());
      finalizer(key, options).ifPresent(Json.childArray(metadata, "finalizers")::add);
    }
    long before = metadata.path("deletionGracePeriodSeconds").asLong(Long.MAX_VALUE);
    metadata.put("deletionGracePeriodSeconds", Math.min(before, graceSeconds));
    ArrayNode finalizers = Json.childArray(metadata, "finalizers");
    if (finalizers.isEmpty()) {
      metadata.remove("finalizers");
    }
    return marked;
  }

  private static long graceSeconds(ObjectKey key, ObjectNode object, Options options) {
    boolean runs =
        key.type().equals(ResourceTypes.PODS)
            && !Json.text(object, "spec", "nodeName").isEmpty()
            && !FINISHED.contains(Json.text(object, "status", "phase"));
    if (!runs) {
      return 0;
    }
    return options
        .graceSeconds()
        .orElse(
            object
                .path("spec")
                .path("terminationGracePeriodSeconds")
                .asLong(DEFAULT_GRACE_SECONDS));
  }

  /** What makes the garbage collector see to the dependents first. */
  private static Optional<String> finalizer(ObjectKey key, Options options) {
    if (!key.type().equals(ResourceTypes.JOBS)) {
      return Optional.empty(); // nothing else here owns objects that outlive it
    }
    // batch/v1 orphans a Job's pods unless told otherwise: pkg/registry/batch/job/strategy.go
    return switch (options.propagation().orElse("Orphan")) {
      case "Foreground" -> Optional.of(FOREGROUND);
      case "Orphan" -> Optional.of(ORPHAN);
      default -> Optional.empty();
    };
  }

  private static String version(ObjectNode object) {
    return Json.text(object, "metadata", "resourceVersion");
  }
}
