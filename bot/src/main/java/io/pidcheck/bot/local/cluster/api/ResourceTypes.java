package io.pidcheck.bot.local.cluster.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The kinds this server knows. The selectable fields are those of the real API server. */
final class ResourceTypes {
  static final ResourceType PODS =
      new ResourceType(
          "",
          "v1",
          "pods",
          "Pod",
          true,
          true,
          Set.of(
              "spec.nodeName",
              "spec.restartPolicy",
              "spec.schedulerName",
              "spec.serviceAccountName",
              "spec.hostNetwork",
              "status.phase",
              "status.podIP",
              "status.nominatedNodeName"));
  static final ResourceType NAMESPACES = clusterScoped("", "namespaces", "Namespace");
  static final ResourceType NODES = clusterScoped("", "nodes", "Node");
  static final ResourceType SERVICE_ACCOUNTS = plain("", "serviceaccounts", "ServiceAccount");
  static final ResourceType JOBS =
      new ResourceType("batch", "v1", "jobs", "Job", true, true, Set.of("status.successful"));
  static final ResourceType PRIORITY_CLASSES =
      new ResourceType(
          "scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass", false, false, Set.of());
  static final ResourceType ACCESS_REVIEWS =
      new ResourceType(
          "authorization.k8s.io",
          "v1",
          "selfsubjectaccessreviews",
          "SelfSubjectAccessReview",
          false,
          false,
          Set.of());

  static final List<ResourceType> ALL =
      List.of(
          PODS,
          NAMESPACES,
          NODES,
          SERVICE_ACCOUNTS,
          JOBS,
          PRIORITY_CLASSES,
          ACCESS_REVIEWS,
          plain("", "configmaps", "ConfigMap"),
          new ResourceType("", "v1", "secrets", "Secret", true, false, Set.of("type")),
          events(),
          withStatus("", "services", "Service"),
          withStatus("", "resourcequotas", "ResourceQuota"),
          withStatus("", "replicationcontrollers", "ReplicationController"),
          withStatus("apps", "daemonsets", "DaemonSet"),
          withStatus("apps", "deployments", "Deployment"),
          withStatus("apps", "replicasets", "ReplicaSet"),
          withStatus("apps", "statefulsets", "StatefulSet"),
          withStatus("batch", "cronjobs", "CronJob"),
          plain("coordination.k8s.io", "leases", "Lease"));

  private ResourceTypes() {}

  static Optional<ResourceType> find(String group, String version, String plural) {
    return ALL.stream()
        .filter(type -> type.group().equals(group))
        .filter(type -> type.version().equals(version))
        .filter(type -> type.plural().equals(plural))
        .findFirst();
  }

  private static ResourceType plain(String group, String plural, String kind) {
    return new ResourceType(group, "v1", plural, kind, true, false, Set.of());
  }

  private static ResourceType withStatus(String group, String plural, String kind) {
    return new ResourceType(group, "v1", plural, kind, true, true, Set.of());
  }

  private static ResourceType clusterScoped(String group, String plural, String kind) {
    return new ResourceType(
        group, "v1", plural, kind, false, true, Set.of("status.phase", "spec.unschedulable"));
  }

  private static ResourceType events() {
    return new ResourceType(
        "",
        "v1",
        "events",
        "Event",
        true,
        false,
        Set.of(
            "involvedObject.kind",
            "involvedObject.namespace",
            "involvedObject.name",
            "involvedObject.uid",
            "involvedObject.apiVersion",
            "involvedObject.resourceVersion",
            "involvedObject.fieldPath",
            "reason",
            "reportingComponent",
            "source",
            "type"));
  }
}
