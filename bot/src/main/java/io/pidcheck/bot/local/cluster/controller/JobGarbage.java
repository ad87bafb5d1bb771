package io.pidcheck.bot.local.cluster.controller;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a deleted Job's pods: deleted after it (background), before it (foreground), or
 * left alone (orphan).
 *
 * @see <a href="https://kubernetes.io/docs/concepts/architecture/garbage-collection/">Garbage
 *     Collection</a>
 */
final class JobGarbage {
  private static final String FOREGROUND = "foregroundDeletion";
  private static final String ORPHAN = "orphan";

  private final KubernetesClient client;
  private final JobPods pods;

  JobGarbage(KubernetesClient client, JobPods pods) {
    this.client = client;
    this.pods = pods;
  }

  /** For a Job that a finalizer still holds. Never asks for another look. */
  Optional<Instant> collect(Job job) {
    List<Pod> owned = pods.of(job);
    List<String> finalizers = job.getMetadata().getFinalizers();
    if (finalizers.contains(ORPHAN)) {
      owned.forEach(pods::orphan);
      drop(job, ORPHAN);
    } else if (finalizers.contains(FOREGROUND)) {
      owned.forEach(this::delete);
      if (pods.of(job).isEmpty()) {
        drop(job, FOREGROUND);
      }
    }
    return Optional.empty();
  }

  /** For a Job that is gone. */
  void collectAfter(Job job) {
    pods.of(job).forEach(this::delete);
  }

  private void delete(Pod pod) {
    if (JobPods.isTracked(pod)) {
      pods.release(pod);
    }
    if (!pod.isMarkedForDeletion()) {
      client.resource(pod).delete();
    }
  }

  private void drop(Job job, String finalizer) {
    client
        .resource(job)
        .edit(
            current ->
                new JobBuilder(current)
                    .editMetadata()
                    .removeFromFinalizers(finalizer)
                    .endMetadata()
                    .build());
  }
}
