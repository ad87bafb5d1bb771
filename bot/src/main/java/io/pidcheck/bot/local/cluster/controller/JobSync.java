package io.pidcheck.bot.local.cluster.controller;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.local.cluster.report.EventRecorder;
import io.pidcheck.bot.local.cluster.report.StatusReporter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Brings one Job a step further, in the order of the real controller: count what ended, then end
 * the Job, suspend it, or start what is missing.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/job/">Jobs</a>
 */
final class JobSync {
  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);
  private static final int BACK_OFF_DOUBLINGS = 6;

  private final KubernetesClient client;
  private final JobPods pods;
  private final EventRecorder events;
  private final StatusReporter statuses;
  private final Clock clock;

  JobSync(KubernetesClient client, JobPods pods, EventRecorder events, Clock clock) {
    this.client = client;
    this.pods = pods;
    this.events = events;
    this.statuses = new StatusReporter(client);
    this.clock = clock;
  }

  /** When to look again though nothing changes. */
  Optional<Instant> sync(Job job) {
    Optional<JobCondition> end = JobConditions.end(job);
    return end.isPresent() ? expire(job, end.get()) : advance(job);
  }

  private Optional<Instant> advance(Job job) {
    JobCount count = JobCount.of(job, pods.of(job));
    boolean suspended = Boolean.TRUE.equals(job.getSpec().getSuspend());
    Optional<Ending> failure =
        suspended
            ? Optional.empty()
            : JobConditions.holding(job, "FailureTarget")
                .map(target -> new Ending(target.getReason(), target.getMessage()))
                .or(() -> failure(job, count));
    JobStatusBuilder status = count.status();
    if (failure.isPresent()) {
      fail(job, count, failure.get(), status);
    } else if (count.succeeded() >= job.getSpec().getCompletions()) {
      complete(job, count, status);
    } else if (suspended) {
      suspend(job, count, status);
    } else {
      resume(job, status);
    }
    write(job, status.build());
    count.uncounted().forEach(pods::release);
    return failure.isPresent() || suspended ? Optional.empty() : start(job, count);
  }

  /** Why a Job ends in failure. */
  private record Ending(String reason, String message) {}

  private Optional<Ending> failure(Job job, JobCount count) {
    if (count.failed() > job.getSpec().getBackoffLimit()) {
      return Optional.of(
          new Ending("BackoffLimitExceeded", "Job has reached the specified backoff limit"));
    }
    return deadline(job)
        .filter(this::isDue)
        .map(at -> new Ending("DeadlineExceeded", "Job was active longer than specified deadline"));
  }

  /** Pods go first: only when none runs any more is the Job Failed (since Kubernetes 1.31). */
  private void fail(Job job, JobCount count, Ending ending, JobStatusBuilder status) {
    count.running().forEach(pod -> pods.delete(job, pod));
    List<JobCondition> conditions =
        JobConditions.with(JobConditions.of(job), condition("FailureTarget", ending));
    if (count.running().isEmpty() && count.terminating() == 0) {
      conditions = JobConditions.with(conditions, condition("Failed", ending));
      events.warning(job, ending.reason(), ending.message());
    }
    status.withConditions(conditions);
  }

  private void complete(Job job, JobCount count, JobStatusBuilder status) {
    count.running().forEach(pod -> pods.delete(job, pod));
    Ending ending = new Ending("CompletionsReached", "Reached expected number of succeeded pods");
    List<JobCondition> conditions =
        JobConditions.with(JobConditions.of(job), condition("SuccessCriteriaMet", ending));
    if (count.running().isEmpty() && count.terminating() == 0) {
      conditions = JobConditions.with(conditions, condition("Complete", ending));
      status.withCompletionTime(now());
      events.normal(job, "Completed", "Job completed");
    }
    status.withConditions(conditions);
  }

  private void suspend(Job job, JobCount count, JobStatusBuilder status) {
    count.running().forEach(pod -> pods.delete(job, pod));
    if (JobConditions.holding(job, "Suspended").isEmpty()) {
      events.normal(job, "Suspended", "Job suspended");
    }
    Ending ending = new Ending("JobSuspended", "Job suspended");
    status
        .withStartTime(null)
        .withConditions(JobConditions.with(JobConditions.of(job), condition("Suspended", ending)));
  }

  private void resume(Job job, JobStatusBuilder status) {
    if (status.getStartTime() == null) {
      status.withStartTime(now());
    }
    JobConditions.holding(job, "Suspended")
        .map(suspended -> JobConditions.resumed(suspended, clock.instant()))
        .ifPresent(
            resumed -> status.withConditions(JobConditions.with(JobConditions.of(job), resumed)));
  }

  private Optional<Instant> start(Job job, JobCount count) {
    int missing =
        Math.min(job.getSpec().getParallelism(), job.getSpec().getCompletions() - count.succeeded())
            - count.running().size()
            - count.terminating();
    Optional<Instant> backOff = count.lastFailure().map(at -> at.plus(backOff(count.failed())));
    boolean wait = backOff.filter(at -> !isDue(at)).isPresent();
    for (int i = 0; i < missing && !wait; i++) {
      pods.create(job);
    }
    return Stream.of(deadline(job), backOff.filter(at -> wait && missing > 0))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  private Optional<Instant> expire(Job job, JobCondition end) {
    // what ended after the Job did is let go uncounted
    pods.of(job).stream()
        .filter(pod -> JobPods.isTracked(pod) && JobPods.isFinished(pod))
        .forEach(pods::release);
    Optional<Instant> expiry =
        Optional.ofNullable(job.getSpec().getTtlSecondsAfterFinished())
            .map(Instant.parse(end.getLastTransitionTime())::plusSeconds);
    if (expiry.filter(this::isDue).isPresent()) {
      client.resource(job).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();
      return Optional.empty();
    }
    return expiry;
  }

  private void write(Job job, JobStatus status) {
    if (!status.equals(job.getStatus())) {
      statuses.report(job, status);
    }
  }

  private Optional<Instant> deadline(Job job) {
    return Optional.ofNullable(job.getSpec().getActiveDeadlineSeconds())
        .map(seconds -> startTime(job).plusSeconds(seconds));
  }

  private Instant startTime(Job job) {
    return job.getStatus() == null || job.getStatus().getStartTime() == null
        ? clock.instant()
        : Instant.parse(job.getStatus().getStartTime());
  }

  private static Duration backOff(int failed) {
    return FIRST_BACK_OFF.multipliedBy(1L << Math.min(Math.max(failed - 1, 0), BACK_OFF_DOUBLINGS));
  }

  private JobCondition condition(String type, Ending ending) {
    return JobConditions.condition(type, ending.reason(), ending.message(), clock.instant());
  }

  private boolean isDue(Instant at) {
    return !clock.instant().isBefore(at);
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
