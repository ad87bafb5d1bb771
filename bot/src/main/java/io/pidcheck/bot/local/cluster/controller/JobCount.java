package io.pidcheck.bot.local.cluster.controller;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a Job's pods stand.
 *
 * @param before the Job's status so far
 * @param uncounted finished, and not in that status yet
 * @param running neither finished nor being deleted
 * @param terminating being deleted, and not finished
 */
record JobCount(
    JobStatus before,
    List<Pod> uncounted,
    List<Pod> running,
    int terminating,
    int ready,
    Optional<Instant> lastFailure) {

  static JobCount of(Job job, List<Pod> pods) {
    List<Pod> unfinished = pods.stream().filter(pod -> !JobPods.isFinished(pod)).toList();
    List<Pod> running = unfinished.stream().filter(pod -> !pod.isMarkedForDeletion()).toList();
    return new JobCount(
        Optional.ofNullable(job.getStatus()).orElseGet(JobStatus::new),
        pods.stream().filter(JobPods::isFinished).filter(JobPods::isTracked).toList(),
        running,
        unfinished.size() - running.size(),
        (int) running.stream().filter(JobCount::isReady).count(),
        pods.stream()
            .filter(JobPods::isFinished)
            .filter(pod -> !JobPods.hasSucceeded(pod))
            .flatMap(pod -> end(pod).stream())
            .max(Instant::compareTo));
  }

  int succeeded() {
    return counted(before.getSucceeded())
        + (int) uncounted.stream().filter(JobPods::hasSucceeded).count();
  }

  int failed() {
    return counted(before.getFailed())
        + (int) uncounted.stream().filter(pod -> !JobPods.hasSucceeded(pod)).count();
  }

  /** The status with these figures. */
  JobStatusBuilder status() {
    return new JobStatusBuilder(before)
        .withActive(absentIfZero(running.size()))
        .withReady(ready)
        .withTerminating(terminating)
        .withSucceeded(absentIfZero(succeeded()))
        .withFailed(absentIfZero(failed()));
  }

  private static @Nullable Integer absentIfZero(int count) {
    return count == 0 ? null : count;
  }

  private static int counted(@Nullable Integer count) {
    return count == null ? 0 : count;
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(
            condition ->
                condition.getType().equals("Ready") && condition.getStatus().equals("True"));
  }

  private static Optional<Instant> end(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .map(container -> container.getState().getTerminated())
        .filter(Objects::nonNull)
        .map(terminated -> Instant.parse(terminated.getFinishedAt()))
        .max(Instant::compareTo);
  }
}
