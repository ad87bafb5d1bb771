package io.pidcheck.bot.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.slack.api.util.json.GsonFactory;
import io.pidcheck.bot.chat.Attachment;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.EvidenceFiles;
import io.pidcheck.bot.evidence.ProbeOutcome;
import io.pidcheck.bot.evidence.ProbeOutcome.Source;
import io.pidcheck.bot.evidence.Surroundings;
import io.pidcheck.bot.golden.GoldenFiles;
import io.pidcheck.probe.report.NodeReport;
import java.nio.charset.StandardCharsets;
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
import java.util.stream.Collectors;
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
    Case found = read(folder);
    Set<String> files = new TreeSet<>(inputs(folder));
    for (Locale locale : List.of(Locale.US, Locale.SIMPLIFIED_CHINESE)) {
      String message = "out-" + locale.getLanguage() + ".json";
      String details = "out-details-" + locale.getLanguage() + ".json";
      GOLDEN.compare(folder, message, json(found.message(locale)) + "\n");
      GOLDEN.compare(folder, details, json(found.details(locale).orElseThrow()) + "\n");
      String report = "out-report-" + locale.getLanguage() + ".md";
      GOLDEN.compare(folder, report, found.writeUp(locale));
      files.addAll(Set.of(message, details, report));
    }
    GOLDEN.holdsExactly(folder, files);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void staysWithinWhatSlackTakes(Path folder) {
    for (Locale locale : List.of(Locale.US, Locale.SIMPLIFIED_CHINESE)) {
      fits(read(folder).message(locale));
      fits(read(folder).details(locale).orElseThrow());
    }
  }

  @Test
  void staysWithinWhatSlackTakesOfHundredsOfCulpritsAndThousandsOfEvents() {
    Evidence evidence = Hoard.evidence(500, 10_000);
    Diagnosis diagnosis = Diagnosis.of(evidence);
    for (Locale locale : List.of(Locale.US, Locale.SIMPLIFIED_CHINESE)) {
      Case found = new Case.Reported(evidence, diagnosis);
      fits(found.message(locale));
      fits(found.details(locale).orElseThrow());
      assertThat(json(found.message(locale))).contains("kernel.pid_max=131072");
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
    Case hostile = read(Path.of("src/test/resources/cases/hostile"));
    isDead(hostile.message(Locale.US));
    isDead(hostile.details(Locale.US).orElseThrow());
  }

  private static void isDead(Message message) {
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

  /** What a case is about, and how it is told. */
  private sealed interface Case {

    record Reported(Evidence evidence, Diagnosis diagnosis) implements Case {}

    record NotStarted(ProbeOutcome outcome, Surroundings around) implements Case {}

    default Message message(Locale locale) {
      AnswerTo answer = new AnswerTo("C1", "1.0", "U0ONCALL", locale);
      return switch (this) {
        case Reported(var evidence, var diagnosis) ->
            DiagnosisMessage.of(evidence, diagnosis, answer);
        case NotStarted(var outcome, var around) ->
            DiagnosisMessage.without(
                outcome,
                around,
                Diagnosis.without(outcome, around),
                new DiagnosisMessage.Target("k8s-worker02", answer));
      };
    }

    default String writeUp(Locale locale) {
      Attachment file =
          switch (this) {
            case Reported(var evidence, var diagnosis) -> WriteUp.of(evidence, diagnosis, locale);
            case NotStarted(var outcome, var around) ->
                WriteUp.without(
                    new WriteUp.Unreported("k8s-worker02", outcome, around),
                    Diagnosis.without(outcome, around),
                    locale);
          };
      return StandardCharsets.UTF_8.decode(file.content()).toString();
    }

    default Optional<Message> details(Locale locale) {
      DiagnosisDetails.Files files = new DiagnosisDetails.Files.NotLetIn();
      return switch (this) {
        case Reported(var evidence, var diagnosis) ->
            Optional.of(DiagnosisDetails.of(evidence, diagnosis, files, locale));
        case NotStarted(var outcome, var around) ->
            DiagnosisDetails.without(around, Diagnosis.without(outcome, around), files, locale);
      };
    }
  }

  private static Set<String> inputs(Path folder) {
    return Stream.of("in-report.json", "in-pods.json", "in-cluster.json", "in-not-started.txt")
        .filter(name -> Files.exists(folder.resolve(name)))
        .collect(Collectors.toSet());
  }

  private static Case read(Path folder) {
    if (inputs(folder).contains("in-not-started.txt")) {
      return new Case.NotStarted(
          new ProbeOutcome.NotStarted(
              ProbeOutcome.Reason.CANNOT_START, GOLDEN.read(folder, "in-not-started.txt").strip()),
          EvidenceFiles.surroundings(GOLDEN.read(folder, "in-cluster.json")));
    }
    Map<String, PodRef> pods = EvidenceFiles.pods(GOLDEN.read(folder, "in-pods.json"));
    NodeReport report = EvidenceFiles.report(GOLDEN.read(folder, "in-report.json"), "k8s-worker02");
    Surroundings around =
        inputs(folder).contains("in-cluster.json")
            ? EvidenceFiles.surroundings(GOLDEN.read(folder, "in-cluster.json"))
            : Surroundings.none(Instant.ofEpochMilli(report.node().takenAtEpochMillis()));
    Evidence evidence =
        new Evidence(report, Source.LOG, pods, Optional.empty(), around, Optional.empty());
    return new Case.Reported(evidence, Diagnosis.of(evidence));
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
