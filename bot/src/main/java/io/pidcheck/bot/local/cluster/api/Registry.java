package io.pidcheck.bot.local.cluster.api;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Create, update, patch: the rules between a request and the store. Not safe for several threads.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/">Kubernetes API
 *     Concepts</a>
 */
final class Registry {
  // what the real server draws generated names from: no vowels, so no words
  private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int SUFFIX_LENGTH = 5;
  private static final String STALE =
      "the object has been modified; please apply your changes to the latest version and try again";

  private final ObjectStore store;
  private final Admission admission;
  private final Clock clock;

  Registry(ObjectStore store, Admission admission, Clock clock) {
    this.store = store;
    this.admission = admission;
    this.clock = clock;
  }

  Answer create(RequestPath path, String body) {
    Optional<ObjectNode> parsed = parse(body);
    if (parsed.isEmpty()) {
      return Answer.badRequest("the body is not a JSON object");
    }
    ObjectNode object = parsed.get();
    Optional<Answer> mismatch = refuseMismatch(path, object);
    if (mismatch.isPresent()) {
      return mismatch.get();
    }
    ObjectNode metadata = Json.child(object, "metadata");
    if (Json.text(metadata, "name").isEmpty() && metadata.has("generateName")) {
      metadata.put("name", Json.text(metadata, "generateName") + suffix());
    }
    ObjectKey key = path.key(Json.text(metadata, "name"));
    Optional<Answer> refusal = Validation.refuse(key, object);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (store.get(key).isPresent()) {
      return Answer.alreadyExists(key);
    }
    return admit(key, object);
  }

  /** PUT; of {@code /status} only the status counts, elsewhere the status does not. */
  Answer replace(RequestPath path, String body) {
    ObjectKey key = path.key(path.name().orElse(""));
    Optional<ObjectNode> current = store.get(key);
    if (current.isEmpty()) {
      return Answer.notFound(key);
    }
    return parse(body)
        .map(wanted -> update(path, current.get(), wanted))
        .orElseGet(() -> Answer.badRequest("the body is not a JSON object"));
  }

  Answer patch(RequestPath path, String contentType, String body) {
    ObjectKey key = path.key(path.name().orElse(""));
    Optional<ObjectNode> current = store.get(key);
    if (current.isEmpty()) {
      return contentType.startsWith("application/apply-patch") && path.subresource().isEmpty()
          ? create(path, body)
          : Answer.notFound(key);
    }
    return switch (Patches.apply(contentType, body, current.get())) {
      case Patches.Patched.Ok(ObjectNode object) -> update(path, current.get(), object);
      case Patches.Patched.Refused(Answer refusal) -> refusal;
    };
  }

  private Answer admit(ObjectKey key, ObjectNode object) {
    ObjectNode metadata = Json.child(object, "metadata");
    if (key.type().hasStatus() && !key.type().equals(ResourceTypes.NODES)) {
      object.remove("status"); // a kubelet registers its node with a status; no other may
    }
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", now());
    metadata.remove("deletionTimestamp");
    if (object.has("spec")) {
      metadata.put("generation", 1);
    }
    Defaults.fillIn(key.type(), object);
    return admission.refuse(key, object).orElseGet(() -> Answer.created(store.put(key, object)));
  }

  private Answer update(RequestPath path, ObjectNode current, ObjectNode wanted) {
    ObjectKey key = path.key(path.name().orElse(""));
    Optional<Answer> refusal =
        refuseMismatch(path, wanted).or(() -> refuseStale(key, current, wanted));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    ObjectNode updated = path.isSubresource("status") ? current.deepCopy() : wanted.deepCopy();
    if (path.isSubresource("status")) {
      Json.copyField(wanted, updated, "status");
    } else {
      keepServerFields(key.type(), current, updated);
      refusal = Validation.refuse(key, updated);
    }
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (updated.equals(current)) {
      return Answer.ok(current);
    }
    ObjectNode stored = store.put(key, updated);
    if (Deletion.isDue(stored)) {
      store.remove(key); // the last finalizer went
    }
    return Answer.ok(stored);
  }

  private static void keepServerFields(ResourceType type, ObjectNode current, ObjectNode updated) {
    ObjectNode before = Json.child(current.deepCopy(), "metadata");
    ObjectNode after = Json.child(updated, "metadata");
    for (String field :
        new String[] {
          "name",
          "namespace",
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "generation",
          "generateName"
        }) {
      Json.copyField(before, after, field);
    }
    if (type.hasStatus()) {
      Json.copyField(current, updated, "status");
    }
    if (after.has("generation") && !updated.path("spec").equals(current.path("spec"))) {
      after.put("generation", before.path("generation").asLong(0) + 1);
    }
  }

  private static Optional<Answer> refuseStale(
      ObjectKey key, ObjectNode current, ObjectNode wanted) {
    String version = Json.text(wanted, "metadata", "resourceVersion");
    if (!version.isEmpty() && !version.equals(Json.text(current, "metadata", "resourceVersion"))) {
      return Optional.of(Answer.conflict(key, STALE));
    }
    String uid = Json.text(wanted, "metadata", "uid");
    String actual = Json.text(current, "metadata", "uid");
    if (!uid.isEmpty() && !uid.equals(actual)) {
      return Optional.of(
          Answer.conflict(
              key,
              "Precondition failed: UID in precondition: %s, UID in object meta: %s"
                  .formatted(uid, actual)));
    }
    return Optional.empty();
  }

  /** Fills in kind, apiVersion and namespace where the body leaves them out. */
  private static Optional<Answer> refuseMismatch(RequestPath path, ObjectNode object) {
    Json.putIfMissing(object, "kind", path.type().kind());
    Json.putIfMissing(object, "apiVersion", path.type().apiVersion());
    if (!Json.text(object, "kind").equals(path.type().kind())
        || !Json.text(object, "apiVersion").equals(path.type().apiVersion())) {
      return Optional.of(
          Answer.badRequest(
              "the API version or kind in the data does not match the expected "
                  + path.type().kind()));
    }
    ObjectNode metadata = Json.child(object, "metadata");
    String wanted = path.namespace().orElse("");
    String named = Json.text(metadata, "namespace");
    if (!named.isEmpty() && !named.equals(wanted)) {
      return Optional.of(
          Answer.badRequest("the namespace of the provided object does not match the request"));
    }
    path.namespace().ifPresent(namespace -> metadata.put("namespace", namespace));
    return path.name()
        .filter(name -> !Json.text(metadata, "name").isEmpty())
        .filter(name -> !name.equals(Json.text(metadata, "name")))
        .map(
            name -> Answer.badRequest("the name of the object does not match the name on the URL"));
  }

  private static Optional<ObjectNode> parse(String body) {
    try {
      JsonNode node = Json.MAPPER.readTree(body);
      return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static String suffix() {
    StringBuilder suffix = new StringBuilder();
    ThreadLocalRandom.current()
        .ints(SUFFIX_LENGTH, 0, SUFFIX_LETTERS.length())
        .forEach(letter -> suffix.append(SUFFIX_LETTERS.charAt(letter)));
    return suffix.toString();
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
