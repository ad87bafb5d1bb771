package io.pidcheck.bot.cluster;

import io.pidcheck.bot.cluster.AnswerTo.Details;
import io.pidcheck.bot.cluster.AnswerTo.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answers annotation: {@code [{"channel":..,"ts":..,"user":..,"locale":..,"wish":"report",
 * "details":{"thread":..,"ts":..}}]}; the last two only where there is something to say.
 */
final class AnswersJson {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String REPORT = "report";

  private AnswersJson() {}

  static String write(List<AnswerTo> answers) {
    ArrayNode array = JSON.createArrayNode();
    for (AnswerTo answer : answers) {
      ObjectNode one =
          array
              .addObject()
              .put("channel", answer.channel())
              .put("ts", answer.ts())
              .put("user", answer.user())
              .put("locale", answer.locale().toLanguageTag());
      if (answer.wish() == Wish.REPORT) {
        one.put("wish", REPORT);
      }
      answer
          .details()
          .ifPresent(
              details ->
                  one.putObject("details").put("thread", details.thread()).put("ts", details.ts()));
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
                Locale.forLanguageTag(node.path("locale").asString("en")),
                node.path("wish").asString("").equals(REPORT) ? Wish.REPORT : Wish.CHECK,
                details(node.path("details"))));
      }
      return answers;
    } catch (JacksonException | IllegalArgumentException e) {
      return List.of();
    }
  }

  private static Optional<Details> details(JsonNode node) {
    return node.isObject()
        ? Optional.of(new Details(node.path("thread").asString(""), node.path("ts").asString("")))
        : Optional.empty();
  }
}
