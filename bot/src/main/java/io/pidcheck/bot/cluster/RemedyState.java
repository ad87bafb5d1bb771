package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.pidcheck.bot.act.ActJson;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Story;
import io.pidcheck.bot.cluster.RemedyJob.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Between a remedy's Job object and a {@link RemedyJob}. */
final class RemedyState {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RemedyState() {}

  /** Empty where somebody broke the annotations by hand: such a Job is nobody's remedy. */
  static Optional<RemedyJob> of(Job job) {
    CheckJob plain = JobState.of(job);
    Map<String, String> annotations = annotations(job);
    Optional<Remedy> remedy = ActJson.remedy(annotations.getOrDefault(RemedyNames.ACT, ""));
    Optional<Story> story = ActJson.story(annotations.getOrDefault(RemedyNames.STORY, ""));
    Optional<Request> request = request(annotations);
    if (remedy.isEmpty() || story.isEmpty() || request.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RemedyJob(
            plain.name(),
            remedy.get(),
            request.get(),
            story.get(),
            plain.reported(),
            plain.createdAt(),
            plain.state(),
            plain.means(),
            plain.version()));
  }

  static Map<String, String> annotations(Remedy remedy, Request request, Story story) {
    Map<String, String> annotations = new HashMap<>();
    annotations.put(Names.NODE, remedy.seen().node());
    annotations.put(Names.ANSWERS, AnswersJson.write(List.of(request.place())));
    annotations.put(RemedyNames.ACT, ActJson.write(remedy));
    annotations.put(RemedyNames.STORY, ActJson.write(story));
    annotations.put(
        RemedyNames.REQUEST,
        JSON.createObjectNode()
            .put("dryRun", request.dryRun())
            .put("secondNeeded", request.secondNeeded())
            .put("thread", request.thread())
            .toString());
    if (!request.diagnosis().isEmpty()) {
      annotations.put(RemedyNames.DIAGNOSIS, request.diagnosis());
    }
    return annotations;
  }

  private static Optional<Request> request(Map<String, String> annotations) {
    try {
      JsonNode json = JSON.readTree(annotations.getOrDefault(RemedyNames.REQUEST, ""));
      return AnswersJson.read(annotations.getOrDefault(Names.ANSWERS, "[]")).stream()
          .findFirst()
          .map(
              place ->
                  new Request(
                      json.path("dryRun").asBoolean(true),
                      json.path("secondNeeded").asBoolean(true),
                      place,
                      json.path("thread").asString(place.ts()),
                      annotations.getOrDefault(RemedyNames.DIAGNOSIS, "")));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> annotations(Job job) {
    Map<String, String> annotations = job.getMetadata().getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }
}
