package io.pidcheck.bot.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.slack.api.util.json.GsonFactory;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.EvidenceFiles;
import io.pidcheck.bot.evidence.ProbeOutcome.Source;
import io.pidcheck.bot.golden.GoldenFiles;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResultMessageTest {

  private static final GoldenFiles GOLDEN = new GoldenFiles(Path.of("src/test/resources/cases"));
  private static final Gson PRETTY =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  static Stream<Path> cases() {
    return GOLDEN.cases().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysWhatTheCaseExpectsInBothLanguages(Path folder) {
    GOLDEN.compare(folder, "out-en.json", json(message(folder, Locale.US)) + "\n");
    GOLDEN.compare(folder, "out-zh.json", json(message(folder, Locale.SIMPLIFIED_CHINESE)) + "\n");
    GOLDEN.holdsExactly(
        folder, Set.of("in-report.json", "in-pods.json", "out-en.json", "out-zh.json"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void staysWithinWhatSlackTakes(Path folder) {
    Message message = message(folder, Locale.US);
    assertThat(message.blocks()).hasSizeLessThanOrEqualTo(50);
    assertThat(message.text()).hasSizeLessThan(4000);
    assertThat(characters(message)).isLessThan(13_200);
  }

  @Test
  void showsForeignTextOnlyWhereSlackInterpretsNothing() {
    Message message = message(Path.of("src/test/resources/cases/hostile"), Locale.US);
    assertThat(message.text()).doesNotContain("<").doesNotContain("*");
    everyObject(
        tree(message),
        object -> {
          String type = object.has("type") ? object.get("type").getAsString() : "";
          assertThat(type).isNotIn("mrkdwn", "broadcast", "usergroup", "link", "channel");
          if (object.has("text")) {
            assertThat(object.get("text").getAsString())
                .doesNotContainPattern(
                    "[\\p{Cntrl}&&[^\\n]]|[\\u202A-\\u202E\\u2066-\\u2069\\u200B]");
          }
        });
  }

  private static Message message(Path folder, Locale locale) {
    Map<String, PodRef> pods = EvidenceFiles.pods(GOLDEN.read(folder, "in-pods.json"));
    Evidence evidence =
        new Evidence(
            EvidenceFiles.report(GOLDEN.read(folder, "in-report.json"), "k8s-worker02"),
            Source.LOG,
            pods,
            Optional.empty());
    return ResultMessage.of(evidence, new AnswerTo("C1", "1.0", "U0ONCALL", locale));
  }

  private static JsonElement tree(Message message) {
    JsonObject object = new JsonObject();
    object.addProperty("text", message.text());
    object.add("blocks", GsonFactory.createSnakeCase().toJsonTree(message.blocks()));
    return object;
  }

  private static String json(Message message) {
    return PRETTY.toJson(tree(message));
  }

  private static int characters(Message message) {
    int[] sum = {0};
    everyObject(
        tree(message),
        object -> {
          if (object.has("text") && object.get("text").isJsonPrimitive()) {
            sum[0] += object.get("text").getAsString().length();
          }
        });
    return sum[0];
  }

  private static void everyObject(JsonElement element, Consumer<JsonObject> visit) {
    if (element.isJsonObject()) {
      visit.accept(element.getAsJsonObject());
      element.getAsJsonObject().asMap().values().forEach(child -> everyObject(child, visit));
    } else if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(child -> everyObject(child, visit));
    }
  }
}
