package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import java.util.Optional;

/**
 * A message as it was sent.
 *
 * @param answer where it stands, and for whom
 * @param message its JSON, compressed
 */
public record Shown(AnswerTo answer, String message) {

  private static final String PREFIX = "pidcheck.io/shown-";

  /** An annotation's name: one for each place. */
  static String key(AnswerTo answer) {
    return key(answer.channel(), answer.ts());
  }

  private static String key(String channel, String ts) {
    return PREFIX + Names.digest(channel + "\n" + ts);
  }

  static Optional<Shown> in(Job job, String channel, String ts) {
    Map<String, String> annotations = job.getMetadata().getAnnotations();
    String kept = annotations == null ? null : annotations.get(key(channel, ts));
    return JobState.of(job).answers().stream()
        .filter(answer -> answer.channel().equals(channel) && answer.ts().equals(ts))
        .findFirst()
        .map(answer -> new Shown(answer, kept == null ? "" : kept));
  }
}
