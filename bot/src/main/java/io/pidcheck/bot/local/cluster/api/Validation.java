package io.pidcheck.bot.local.cluster.api;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The mistakes a client is likely to make, refused as the real server refuses them.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">Object
 *     Names and IDs</a>
 */
final class Validation {
  private static final int SUBDOMAIN_LENGTH = 253;
  private static final int LABEL_LENGTH = 63;
  private static final int ANNOTATIONS_BYTES = 256 * 1024;
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?");
  private static final Set<String> JOB_RESTART_POLICIES = Set.of("OnFailure", "Never");

  private Validation() {}

  /** The first thing that is wrong with the object. */
  static Optional<Answer> refuse(ObjectKey key, ObjectNode object) {
    if (key.name().length() > SUBDOMAIN_LENGTH || !SUBDOMAIN.matcher(key.name()).matches()) {
      return Optional.of(
          Answer.invalid(
              key,
              "metadata.name",
              "Invalid value: \""
                  + key.name()
                  + "\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
                  + " characters, '-' or '.', and must start and end with an alphanumeric character"));
    }
    return labels(key, object)
        .or(() -> annotations(key, object))
        .or(() -> key.type().equals(ResourceTypes.JOBS) ? job(key, object) : Optional.empty())
        .or(() -> key.type().equals(ResourceTypes.PODS) ? pod(key, object) : Optional.empty());
  }

  private static Optional<Answer> labels(ObjectKey key, ObjectNode object) {
    JsonNode labels = Json.at(object, "metadata", "labels");
    for (var label : labels.properties()) {
      String value = label.getValue().asString("");
      if (value.length() > LABEL_LENGTH || !LABEL_VALUE.matcher(value).matches()) {
        return Optional.of(
            Answer.invalid(
                key,
                "metadata.labels",
                "Invalid value: \""
                    + value
                    + "\": a valid label must be an empty string or consist of alphanumeric"
                    + " characters, '-', '_' or '.', at most 63 of them"));
      }
    }
    return Optional.empty();
  }

  private static Optional<Answer> annotations(ObjectKey key, ObjectNode object) {
    long size = 0;
    for (var annotation : Json.at(object, "metadata", "annotations").properties()) {
      if (!annotation.getValue().isString()) {
        return Optional.of(Answer.badRequest("metadata.annotations: a value is not a string"));
      }
      size += annotation.getKey().length() + annotation.getValue().asString("").length();
    }
    return size <= ANNOTATIONS_BYTES
        ? Optional.empty()
        : Optional.of(
            Answer.invalid(
                key, "metadata.annotations", "Too long: may not be more than 262144 bytes"));
  }

  private static Optional<Answer> job(ObjectKey key, ObjectNode job) {
    String policy = Json.text(job, "spec", "template", "spec", "restartPolicy");
    if (!JOB_RESTART_POLICIES.contains(policy)) {
      return Optional.of(
          Answer.invalid(
              key,
              "spec.template.spec.restartPolicy",
              "Required value: valid values: \"OnFailure\", \"Never\""));
    }
    return containers(key, Json.at(job, "spec", "template"), "spec.template.spec.containers");
  }

  private static Optional<Answer> pod(ObjectKey key, ObjectNode pod) {
    return containers(key, pod, "spec.containers");
  }

  private static Optional<Answer> containers(ObjectKey key, JsonNode pod, String field) {
    JsonNode containers = Json.at(pod, "spec", "containers");
    if (containers.isEmpty()) {
      return Optional.of(Answer.invalid(key, field, "Required value"));
    }
    for (JsonNode container : containers) {
      if (Json.text(container, "name").isEmpty() || Json.text(container, "image").isEmpty()) {
        return Optional.of(Answer.invalid(key, field + "[0]", "Required value: name and image"));
      }
    }
    return Optional.empty();
  }
}
