package io.pidcheck.bot.evidence;

import io.fabric8.kubernetes.api.model.Event;
import io.pidcheck.bot.cluster.CheckJob;
import io.pidcheck.bot.evidence.ProbeOutcome.Reason;
import io.pidcheck.bot.evidence.ProbeOutcome.Stage;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What was said of a check's Job and its pods, also of those that are deleted by now. */
record JobEvents(List<Event> events) {

  // The Job controller's own words for the end say nothing about its cause.
  private static final Set<String> ENDS_OF_A_JOB =
      Set.of("DeadlineExceeded", "BackoffLimitExceeded");
  // A Job's name is free again when it is gone; its events stay for an hour.
  private static final long CLOCK_SKEW_SECONDS = 2;

  /** Those of the given events that are this Job's, and not an earlier one's of the same name. */
  static JobEvents of(CheckJob job, List<Event> events) {
    Instant since = job.createdAt().minusSeconds(CLOCK_SKEW_SECONDS);
    return new JobEvents(
        events.stream()
            .filter(event -> concerns(event, job))
            .filter(event -> !before(event, since))
            .toList());
  }

  Optional<String> lastWords() {
    return lastWarning().map(PodSight::words);
  }

  /** Why the probe does not start, where the last warning tells. */
  Optional<Reason> reason() {
    return lastWarning().flatMap(JobEvents::reason);
  }

  /** How far the pod came. */
  Stage reached(boolean podIsThere) {
    if (has("Started")) {
      return Stage.RUNNING;
    }
    return podIsThere || has("SuccessfulCreate") ? Stage.POD_STARTING : Stage.JOB_CREATED;
  }

  private Optional<Event> lastWarning() {
    return events.stream()
        .filter(event -> "Warning".equals(event.getType()))
        .filter(event -> !ENDS_OF_A_JOB.contains(PodSight.text(event.getReason())))
        .max(Comparator.comparing(event -> PodSight.text(event.getLastTimestamp())));
  }

  private boolean has(String reason) {
    return events.stream().anyMatch(event -> reason.equals(event.getReason()));
  }

  private static Optional<Reason> reason(Event event) {
    return switch (PodSight.text(event.getReason())) {
      case "FailedCreate" -> Optional.of(Reason.NOT_ADMITTED);
      case "FailedCreatePodSandBox" -> Optional.of(Reason.CANNOT_START);
      case "Failed", "BackOff", "ErrImageNeverPull", "InspectFailed" ->
          Optional.of(
              PodSight.words(event).toLowerCase(Locale.ROOT).contains("image")
                  ? Reason.IMAGE_MISSING
                  : Reason.CANNOT_START);
      default -> Optional.empty();
    };
  }

  // A pod's name is its Job's, a dash and five characters (Job controller).
  private static boolean concerns(Event event, CheckJob job) {
    String name = PodSight.text(event.getInvolvedObject().getName());
    return name.equals(job.name())
        || (name.startsWith(job.name() + "-") && name.length() == job.name().length() + 6);
  }

  private static boolean before(Event event, Instant since) {
    try {
      return Instant.parse(PodSight.text(event.getLastTimestamp())).isBefore(since);
    } catch (DateTimeParseException e) {
      return false; // without a time it is kept rather than lost
    }
  }
}
