package io.pidcheck.bot.local.slack.api;

import io.pidcheck.bot.local.slack.workspace.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What a Web API method answers. */
public sealed interface Answer {

  /**
   * @param body with {@code ok: true}
   */
  record Done(ObjectNode body) implements Answer {}

  /**
   * @param error Slack's name for it
   * @param problems what was wrong in the arguments, in Slack's words
   */
  record Refused(String error, List<String> problems) implements Answer {
    public Refused {
      problems = List.copyOf(problems);
    }

    /** https://docs.slack.dev/apis/web-api: errors are HTTP 200 with {@code ok: false}. */
    public ObjectNode body() {
      ObjectNode body = Json.refusal(error);
      if (!problems.isEmpty()) {
        problems.forEach(body.putArray("errors")::add);
        body.putObject("response_metadata")
            .putArray("messages")
            .addAll(
                problems.stream()
                    .map(problem -> Json.array().stringNode("[ERROR] " + problem))
                    .toList());
      }
      return body;
    }
  }

  /** HTTP 429. */
  record RateLimited(long retryAfterSeconds) implements Answer {}

  /** What Slack answers when it is ill itself. */
  record Broken(int httpStatus, String error) implements Answer {}

  static Answer done() {
    return new Done(Json.done());
  }

  static Answer done(ObjectNode body) {
    return new Done(body.put("ok", true));
  }

  static Answer refused(String error) {
    return new Refused(error, List.of());
  }

  static Answer invalidArguments(String problem) {
    return new Refused("invalid_arguments", List.of(problem));
  }
}
