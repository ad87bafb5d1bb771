package io.pidcheck.bot.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The answers annotation: {@code [{"channel":..,"ts":..,"user":..,"locale":..}]}. */
final class AnswersJson {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private AnswersJson() {}

  static String write(List<AnswerTo> answers) {
    ArrayNode array = JSON.createArrayNode();
    for (AnswerTo answer : answers) {
      array
          .addObject()
          .put("channel", answer.channel())
          .put("ts", answer.ts())
          .put("user", answer.user())
          .put("locale", answer.locale().toLanguageTag());
    }
    return array.toString();
  }

  /** An annotation that somebody broke by hand names nobody, rather than stopping the bot. */
  static List<AnswerTo> read(String json) {
    List<AnswerTo> answers = new ArrayList<>();
    try {
      for (JsonNode node : JSON.readTree(json)) {
        answers.add(
            new AnswerTo(
                node.path("channel").asString(""),
                node.path("ts").asString(""),
                node.path("user").asString(""),
                Locale.forLanguageTag(node.path("locale").asString("en"))));
      }
      return answers;
    } catch (JacksonException | IllegalArgumentException e) {
      return List.of();
    }
  }
}
