package io.pidcheck.bot.local.cluster.api;

import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** The admission plugins that refuse a pod: ServiceAccount, Priority, and one that tests set. */
final class Admission {
  private final ObjectStore store;
  private final Supplier<Optional<String>> podsForbidden;

  Admission(ObjectStore store, Supplier<Optional<String>> podsForbidden) {
    this.store = store;
    this.podsForbidden = podsForbidden;
  }

  /** The refusal, if any; fills in what admission resolves. */
  Optional<Answer> refuse(ObjectKey key, ObjectNode object) {
    if (key.type().namespaced() && !hasNamespace(key.namespace())) {
      return Optional.of(
          Answer.notFound(new ObjectKey(ResourceTypes.NAMESPACES, "", key.namespace())));
    }
    if (!key.type().equals(ResourceTypes.PODS)) {
      return Optional.empty();
    }
    return podsForbidden
        .get()
        .map(why -> Answer.forbidden(key, why))
        .or(() -> serviceAccount(key, object))
        .or(() -> priority(key, object));
  }

  private boolean hasNamespace(String namespace) {
    return store.get(new ObjectKey(ResourceTypes.NAMESPACES, "", namespace)).isPresent();
  }

  private Optional<Answer> serviceAccount(ObjectKey pod, ObjectNode object) {
    String account = Json.text(object, "spec", "serviceAccountName");
    boolean exists =
        account.equals("default") // made with its namespace by the real controller manager
            || store
                .get(new ObjectKey(ResourceTypes.SERVICE_ACCOUNTS, pod.namespace(), account))
                .isPresent();
    return exists
        ? Optional.empty()
        : Optional.of(
            Answer.forbidden(
                pod,
                "error looking up service account %s/%s: serviceaccount \"%s\" not found"
                    .formatted(pod.namespace(), account, account)));
  }

  private Optional<Answer> priority(ObjectKey pod, ObjectNode object) {
    String name = Json.text(object, "spec", "priorityClassName");
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Optional<ObjectNode> priorityClass =
        store.get(new ObjectKey(ResourceTypes.PRIORITY_CLASSES, "", name));
    priorityClass.ifPresent(
        found -> Json.child(object, "spec").put("priority", found.path("value").asInt(0)));
    return priorityClass.isPresent()
        ? Optional.empty()
        : Optional.of(
            Answer.forbidden(pod, "no PriorityClass with name %s was found".formatted(name)));
  }
}
