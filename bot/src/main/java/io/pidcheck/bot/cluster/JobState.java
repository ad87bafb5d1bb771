package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.pidcheck.bot.cluster.CheckJob.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a Job object into a {@link CheckJob}. */
final class JobState {

  private JobState() {}

  static CheckJob of(Job job) {
    Map<String, String> annotations = annotations(job);
    return new CheckJob(
        job.getMetadata().getName(),
        annotations.getOrDefault(Names.NODE, ""),
        AnswersJson.read(annotations.getOrDefault(Names.ANSWERS, "[]")),
        Optional.ofNullable(annotations.get(Names.FIRST_TRY)),
        annotations.containsKey(Names.REPORTED),
        Instant.parse(job.getMetadata().getCreationTimestamp()),
        state(job),
        Standbys.means(job),
        String.valueOf(job.getMetadata().getResourceVersion()));
  }

  /** Empty where it names no node: whoever made such a Job, it is nobody's check. */
  static Optional<CheckJob> ofCheck(Job job) {
    return Optional.of(of(job)).filter(check -> !check.node().isEmpty());
  }

  /** The running number at the end of the Job's name; 0 where somebody else named it. */
  static int number(Job job) {
    String name = job.getMetadata().getName();
    try {
      return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static State state(Job job) {
    for (JobCondition condition : conditions(job)) {
      if (!"True".equals(condition.getStatus())) {
        continue;
      }
      if ("Complete".equals(condition.getType())) {
        return new State.Succeeded();
      }
      if ("Failed".equals(condition.getType())) {
        return new State.Failed(text(condition.getReason()), text(condition.getMessage()));
      }
    }
    return new State.Active();
  }

  private static List<JobCondition> conditions(Job job) {
    return job.getStatus() == null || job.getStatus().getConditions() == null
        ? List.of()
        : job.getStatus().getConditions();
  }

  private static Map<String, String> annotations(Job job) {
    Map<String, String> annotations = job.getMetadata().getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
