package io.pidcheck.bot.local.cluster.api;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the real server fills in when an object is created, as far as anyone here reads it. */
final class Defaults {
  private static final long GRACE_SECONDS = 30;

  private Defaults() {}

  static void fillIn(ResourceType type, ObjectNode object) {
    if (type.equals(ResourceTypes.PODS)) {
      podSpec(Json.child(object, "spec"));
      object
          .putObject("status")
          .put("phase", "Pending")
          .put("qosClass", qosClass(Json.child(object, "spec")));
    } else if (type.equals(ResourceTypes.JOBS)) {
      job(object);
    } else if (type.equals(ResourceTypes.NAMESPACES)) {
      object.putObject("status").put("phase", "Active");
    }
  }

  private static void job(ObjectNode job) {
    ObjectNode spec = Json.child(job, "spec");
    Json.putIfMissing(spec, "parallelism", 1);
    Json.putIfMissing(spec, "completions", 1);
    Json.putIfMissing(spec, "backoffLimit", 6);
    Json.putIfMissing(spec, "completionMode", "NonIndexed");
    if (Json.isAbsent(spec, "suspend")) {
      spec.put("suspend", false);
    }
    String uid = Json.text(job, "metadata", "uid");
    String name = Json.text(job, "metadata", "name");
    Json.child(Json.child(spec, "selector"), "matchLabels")
        .put("batch.kubernetes.io/controller-uid", uid);
    ObjectNode template = Json.child(spec, "template");
    Json.child(Json.child(template, "metadata"), "labels")
        .put("batch.kubernetes.io/controller-uid", uid)
        .put("batch.kubernetes.io/job-name", name)
        .put("controller-uid", uid)
        .put("job-name", name);
    podSpec(Json.child(template, "spec"));
  }

  private static void podSpec(ObjectNode spec) {
    Json.putIfMissing(spec, "restartPolicy", "Always");
    Json.putIfMissing(spec, "dnsPolicy", "ClusterFirst");
    Json.putIfMissing(spec, "schedulerName", "default-scheduler");
    Json.putIfMissing(spec, "serviceAccountName", "default");
    Json.putIfMissing(spec, "terminationGracePeriodSeconds", GRACE_SECONDS);
    for (JsonNode container : Json.childArray(spec, "containers")) {
      if (container instanceof ObjectNode filled) {
        Json.putIfMissing(filled, "terminationMessagePath", "/dev/termination-log");
        Json.putIfMissing(filled, "terminationMessagePolicy", "File");
        Json.putIfMissing(filled, "imagePullPolicy", pullPolicy(Json.text(filled, "image")));
      }
    }
  }

  private static String pullPolicy(String image) {
    String lastPart = image.substring(image.lastIndexOf('/') + 1);
    boolean latest = !image.contains("@") && !lastPart.contains(":");
    return latest || lastPart.endsWith(":latest") ? "Always" : "IfNotPresent";
  }

  // https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/
  private static String qosClass(ObjectNode spec) {
    boolean anything = all(spec).anyMatch(resources -> !resources.isEmpty());
    if (!anything) {
      return "BestEffort";
    }
    return all(spec).allMatch(Defaults::isGuaranteed) ? "Guaranteed" : "Burstable";
  }

  private static Stream<JsonNode> all(ObjectNode spec) {
    return StreamSupport.stream(spec.path("containers").spliterator(), false)
        .map(container -> container.path("resources"));
  }

  private static boolean isGuaranteed(JsonNode resources) {
    return limitIsRequest(resources, "cpu") && limitIsRequest(resources, "memory");
  }

  private static boolean limitIsRequest(JsonNode resources, String resource) {
    String limit = Json.text(resources, "limits", resource);
    String request = Json.text(resources, "requests", resource);
    return !limit.isEmpty() && (request.isEmpty() || request.equals(limit));
  }
}
