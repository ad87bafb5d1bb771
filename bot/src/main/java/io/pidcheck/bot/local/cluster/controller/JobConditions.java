package io.pidcheck.bot.local.cluster.controller;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and changes the conditions of a Job's status. */
final class JobConditions {
  private JobConditions() {}

  static List<JobCondition> of(Job job) {
    return job.getStatus() == null ? List.of() : job.getStatus().getConditions();
  }

  static Optional<JobCondition> holding(Job job, String type) {
    return of(job).stream()
        .filter(condition -> condition.getType().equals(type))
        .filter(condition -> "True".equals(condition.getStatus()))
        .findFirst();
  }

  /** The condition that ended the Job. */
  static Optional<JobCondition> end(Job job) {
    return holding(job, "Complete").or(() -> holding(job, "Failed"));
  }

  /** Adds it, unless it holds already: then it stays as it is, with its time. */
  static List<JobCondition> with(List<JobCondition> before, JobCondition added) {
    if (before.stream().anyMatch(condition -> isSame(condition, added))) {
      return before;
    }
    List<JobCondition> after = new ArrayList<>(before);
    after.removeIf(condition -> condition.getType().equals(added.getType()));
    after.add(added);
    return after;
  }

  static JobCondition resumed(JobCondition suspended, Instant now) {
    return new JobConditionBuilder(condition("Suspended", "JobResumed", "Job resumed", now))
        .withStatus("False")
        .withLastProbeTime(suspended.getLastProbeTime())
        .build();
  }

  private static boolean isSame(JobCondition one, JobCondition other) {
    return one.getType().equals(other.getType()) && one.getStatus().equals(other.getStatus());
  }

  static JobCondition condition(String type, String reason, String message, Instant now) {
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    return new JobConditionBuilder()
        .withType(type)
        .withStatus("True")
        .withReason(reason)
        .withMessage(message)
        .withLastProbeTime(time)
        .withLastTransitionTime(time)
        .build();
  }
}
