package io.pidcheck.bot.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.util.json.GsonFactory;
import io.pidcheck.bot.chat.Attachment;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.diagnosis.RandomEvidenceTest.Dice;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.ProbeOutcome;
import io.pidcheck.bot.evidence.Surroundings;
import io.pidcheck.bot.local.slack.blockkit.BlockKit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever was read: it can be told, Slack takes it, and nothing foreign speaks. */
class AnyEvidenceTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final BlockKit SLACK = new BlockKit(file -> false);
  private static final List<Locale> LOCALES = List.of(Locale.US, Locale.SIMPLIFIED_CHINESE);
  private static final int ROUNDS = 12;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void isToldWithinWhatSlackTakes(long seed) {
    Dice dice = new Dice(new SplittableRandom(seed));
    for (int i = 0; i < ROUNDS; i++) {
      Evidence evidence = dice.evidence();
      reported(evidence);
      drawn(evidence);
      unreported(dice.outcome(), dice.surroundings());
    }
  }

  @Test
  void isToldOfHundredsOfCulpritsAndThousandsOfEvents() {
    Evidence hoard = Hoard.evidence(500, 10_000);
    reported(hoard);
    drawn(hoard);
    assertThat(CheckFiles.evidence(hoard, Locale.US).content().remaining())
        .isLessThan(16 * 1024 * 1024); // ten thousand events would be more
  }

  private static void reported(Evidence evidence) {
    Diagnosis diagnosis = Diagnosis.of(evidence);
    for (Locale locale : LOCALES) {
      isTaken(DiagnosisMessage.of(evidence, diagnosis, answer(locale)));
      isTaken(
          DiagnosisDetails.of(
              evidence, diagnosis, new DiagnosisDetails.Files.Refused("<!here>"), locale));
      isDocument(WriteUp.of(evidence, diagnosis, locale));
      isJson(CheckFiles.evidence(evidence, locale));
    }
  }

  private static void unreported(ProbeOutcome outcome, Surroundings around) {
    if (outcome instanceof ProbeOutcome.Reported) {
      return;
    }
    Diagnosis diagnosis = Diagnosis.without(outcome, around);
    String node = "k8s-worker02";
    for (Locale locale : LOCALES) {
      isTaken(
          DiagnosisMessage.without(
              outcome, around, diagnosis, new DiagnosisMessage.Target(node, answer(locale))));
      DiagnosisDetails.without(around, diagnosis, new DiagnosisDetails.Files.Shared(), locale)
          .ifPresent(AnyEvidenceTest::isTaken);
      isDocument(WriteUp.without(new WriteUp.Unreported(node, outcome, around), diagnosis, locale));
      isJson(CheckFiles.evidence(node, around, locale));
    }
  }

  private static void drawn(Evidence evidence) {
    Attachment chart = CheckFiles.chart(evidence, Diagnosis.of(evidence), Locale.US);
    assertThat(chart.content().remaining()).isBetween(1_000, 200_000);
    assertThat(chart.name()).matches("[A-Za-z0-9._-]*");
    assertThat(chart.title() + chart.altText()).doesNotContainPattern(HIDDEN);
  }

  private static final String HIDDEN =
      "[\\p{Cntrl}&&[^\\n]]|[\\u202A-\\u202E\\u2066-\\u2069\\u200B]";

  private static void isTaken(Message message) {
    JsonNode blocks = JSON.readTree(GsonFactory.createSnakeCase().toJson(message.blocks()));
    assertThat(SLACK.problemsOfMessage(blocks)).isEmpty();
    assertThat(BlockKit.isTooLong(blocks)).as("msg_blocks_too_long").isFalse();
    assertThat(message.text()).hasSizeLessThan(4000).doesNotContainPattern("[<>*`]");
    isDead(blocks);
  }

  /** Slack interprets nothing in a rich_text block's text elements, and only such there are. */
  private static void isDead(JsonNode node) {
    String type = node.path("type").asString("");
    assertThat(type).isNotIn("mrkdwn", "broadcast", "usergroup", "link", "channel", "markdown");
    if (type.equals("user")) {
      assertThat(node.path("user_id").asString()).isEqualTo("U0ONCALL");
    }
    assertThat(node.path("text").asString("")).doesNotContainPattern(HIDDEN);
    node.values().forEach(AnyEvidenceTest::isDead);
  }

  /** Five sections, and none of its own: what is foreign made no heading and left no code. */
  private static void isDocument(Attachment file) {
    String text = StandardCharsets.UTF_8.decode(file.content()).toString();
    assertThat(text.replace("\n", "")).doesNotContainPattern(HIDDEN);
    List<String> outside = outsideCode(text.lines().toList());
    assertThat(outside.stream().filter(line -> line.startsWith("## "))).hasSize(5);
    assertThat(outside)
        .noneMatch(line -> line.replaceAll("(`+).*?\\1", "").matches(".*(?<!\\\\)<[!@a-z].*"));
  }

  private static List<String> outsideCode(List<String> lines) {
    StringBuilder fence = new StringBuilder();
    List<String> outside =
        lines.stream()
            .filter(
                line -> {
                  boolean mark = line.matches("`{3,}");
                  if (mark && fence.isEmpty()) {
                    fence.append(line);
                    return false;
                  }
                  if (mark && line.length() >= fence.length()) {
                    fence.setLength(0);
                    return false;
                  }
                  return fence.isEmpty();
                })
            .toList();
    assertThat(fence).as("a fence that is not closed").isEmpty();
    return outside;
  }

  private static void isJson(Attachment file) {
    String text = StandardCharsets.UTF_8.decode(file.content()).toString();
    assertThat(JSON.readTree(text).isObject()).isTrue();
  }

  private static AnswerTo answer(Locale locale) {
    return new AnswerTo("C1", "1.0", "U0ONCALL", locale);
  }
}
