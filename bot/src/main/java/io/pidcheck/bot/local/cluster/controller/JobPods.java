package io.pidcheck.bot.local.cluster.controller;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.pidcheck.bot.local.cluster.report.EventRecorder;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A Job's pods on the API. */
final class JobPods {
  /** Holds a finished pod until the Job has counted it. */
  static final String TRACKING = "batch.kubernetes.io/job-tracking";

  private static final String UID_LABEL = "batch.kubernetes.io/controller-uid";
  private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

  private final KubernetesClient client;
  private final EventRecorder events;

  JobPods(KubernetesClient client, EventRecorder events) {
    this.client = client;
    this.events = events;
  }

  List<Pod> of(Job job) {
    String uid = job.getMetadata().getUid();
    return client
        .pods()
        .inNamespace(job.getMetadata().getNamespace())
        .withLabel(UID_LABEL, uid)
        .list()
        .getItems()
        .stream()
        .filter(pod -> isOwnedBy(pod, uid))
        .toList();
  }

  static boolean isOwnedBy(Pod pod, String uid) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> uid.equals(owner.getUid()));
  }

  static boolean isFinished(Pod pod) {
    return FINISHED.contains(pod.getStatus().getPhase());
  }

  static boolean hasSucceeded(Pod pod) {
    return "Succeeded".equals(pod.getStatus().getPhase());
  }

  static boolean isTracked(Pod pod) {
    return pod.getMetadata().getFinalizers().contains(TRACKING);
  }

  /** Makes one from the Job's template; on refusal says so in an event and throws. */
  void create(Job job) {
    var template = job.getSpec().getTemplate();
    Pod pod =
        new PodBuilder()
            .withNewMetadataLike(template.getMetadata())
            .withNamespace(job.getMetadata().getNamespace())
            .withGenerateName(job.getMetadata().getName() + "-")
            .withFinalizers(TRACKING)
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion(job.getApiVersion())
                    .withKind(job.getKind())
                    .withName(job.getMetadata().getName())
                    .withUid(job.getMetadata().getUid())
                    .withController(true)
                    .withBlockOwnerDeletion(true)
                    .build())
            .endMetadata()
            .withSpec(template.getSpec())
            .build();
    try {
      String name = client.resource(pod).create().getMetadata().getName();
      events.normal(job, "SuccessfulCreate", "Created pod: " + name);
    } catch (KubernetesClientException e) {
      events.warning(job, "FailedCreate", "Error creating: " + reason(e));
      throw e;
    }
  }

  void delete(Job job, Pod pod) {
    if (!pod.isMarkedForDeletion()) {
      client.resource(pod).delete();
      events.normal(job, "SuccessfulDelete", "Deleted pod: " + pod.getMetadata().getName());
    }
  }

  /** Lets a counted pod go. */
  void release(Pod pod) {
    patch(pod, Map.of("finalizers", otherFinalizers(pod)));
  }

  /** Leaves a pod without its owner. */
  void orphan(Pod pod) {
    patch(pod, Map.of("finalizers", otherFinalizers(pod), "ownerReferences", List.of()));
  }

  private static List<String> otherFinalizers(Pod pod) {
    return pod.getMetadata().getFinalizers().stream()
        .filter(finalizer -> !finalizer.equals(TRACKING))
        .toList();
  }

  /** A merge patch: its kubelet writes to the pod at the same time. */
  private void patch(Pod pod, Map<String, Object> metadata) {
    try {
      client
          .resource(pod)
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              Serialization.asJson(Map.of("metadata", metadata)));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  private static String reason(KubernetesClientException refusal) {
    return refusal.getStatus() == null || refusal.getStatus().getMessage() == null
        ? String.valueOf(refusal.getMessage())
        : refusal.getStatus().getMessage();
  }
}
