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
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.EvidenceFiles;
import io.pidcheck.bot.evidence.ProbeOutcome.Source;
import io.pidcheck.bot.evidence.Surroundings;
import io.pidcheck.bot.golden.GoldenFiles;
import io.pidcheck.probe.report.NodeReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosisMessageTest {

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
    Set<String> files =
        new TreeSet<>(Set.of("in-report.json", "in-pods.json", "out-en.json", "out-zh.json"));
    if (Files.exists(folder.resolve("in-cluster.json"))) {
      files.add("in-cluster.json");
    }
    GOLDEN.holdsExactly(folder, files);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void staysWithinWhatSlackTakes(Path folder) {
    fits(message(folder, Locale.US));
    fits(message(folder, Locale.SIMPLIFIED_CHINESE));
  }

  @Test
  void staysWithinWhatSlackTakesOfHundredsOfCulpritsAndThousandsOfEvents() {
    Evidence evidence = Hoard.evidence(500, 10_000);
    Diagnosis diagnosis = Diagnosis.of(evidence);
    for (Locale locale : List.of(Locale.US, Locale.SIMPLIFIED_CHINESE)) {
      Message message =
          DiagnosisMessage.of(evidence, diagnosis, new AnswerTo("C1", "1.0", "U0ONCALL", locale));
      fits(message);
      assertThat(json(message)).contains("kernel.pid_max=131072");
    }
  }

  private static void fits(Message message) {
    assertThat(message.blocks()).hasSizeLessThanOrEqualTo(50);
    assertThat(message.text()).hasSizeLessThan(4000);
    assertThat(characters(message)).isLessThan(13_200);
    everyObject(
        tree(message),
        object -> {
          if (object.has("text") && object.get("text").isJsonPrimitive()) {
            assertThat(object.get("text").getAsString()).hasSizeLessThanOrEqualTo(3000);
          }
        });
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
    NodeReport report = EvidenceFiles.report(GOLDEN.read(folder, "in-report.json"), "k8s-worker02");
    Instant taken = Instant.ofEpochMilli(report.node().takenAtEpochMillis());
    Path cluster = folder.resolve("in-cluster.json");
    Surroundings around =
        Files.exists(cluster)
            ? EvidenceFiles.surroundings(GOLDEN.read(folder, "in-cluster.json"))
            : Surroundings.none(taken);
    Evidence evidence =
        new Evidence(report, Source.LOG, pods, Optional.empty(), around, Optional.empty());
    return message(evidence, locale);
  }

  private static Message message(Evidence evidence, Locale locale) {
    return DiagnosisMessage.of(
        evidence, Diagnosis.of(evidence), new AnswerTo("C1", "1.0", "U0ONCALL", locale));
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
