package io.pidcheck.bot.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.util.json.GsonFactory;
import io.pidcheck.bot.act.Acts;
import io.pidcheck.bot.act.PodName;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Remedy.Kill;
import io.pidcheck.bot.act.Remedy.Target;
import io.pidcheck.bot.act.Story;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.chat.SentMessage;
import io.pidcheck.bot.cluster.RemedyJob;
import io.pidcheck.bot.golden.GoldenFiles;
import io.pidcheck.bot.local.slack.blockkit.BlockKit;
import io.pidcheck.bot.message.RemedyMessage.Phase;
import io.pidcheck.probe.report.KillResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What everybody reads of an act: every way it can end, in both languages. */
class RemedyMessageTest {

  private static final GoldenFiles GOLDEN = new GoldenFiles(Path.of("src/test/resources/remedies"));
  private static final Gson PRETTY =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "killed",
        "written",
        "reasons",
        "silences",
        "pod-deleted",
        "not-done",
        "on-its-way",
        "afterwards",
        "by-pod",
        "refusals",
        "buttons"
      })
  void saysWhatTheCaseExpectsInBothLanguages(String group) {
    Path folder = Path.of("src/test/resources/remedies", group);
    for (Locale locale : List.of(Locale.US, Locale.SIMPLIFIED_CHINESE)) {
      JsonObject all = new JsonObject();
      messages(group, locale).forEach((name, message) -> all.add(name, tree(message)));
      GOLDEN.compare(folder, "out-" + locale.getLanguage() + ".json", PRETTY.toJson(all) + "\n");
    }
    GOLDEN.holdsExactly(folder, Set.of("out-en.json", "out-zh.json"));
  }

  private static Map<String, Message> messages(String group, Locale locale) {
    return switch (group) {
      case "killed" -> EndingCases.killed(locale);
      case "written" -> EndingCases.written(locale);
      case "reasons" -> EndingCases.reasons(locale);
      case "silences" -> EndingCases.silences(locale);
      case "pod-deleted" -> EndingCases.podDeleted(locale);
      case "not-done" -> EndingCases.notDone(locale);
      case "on-its-way" -> CourseCases.onItsWay(locale);
      case "afterwards" -> CourseCases.afterwards(locale);
      case "by-pod" -> CourseCases.byPod(locale);
      case "refusals" -> CourseCases.refusals(new RemedyReplies(Texts.in(locale)), locale);
      default -> CourseCases.buttons(Texts.in(locale));
    };
  }

  /** What programs on nodes say comes as reasons; sentences are quotes of a cluster, as code. */
  @ParameterizedTest
  @ValueSource(
      strings = {"killed", "written", "reasons", "silences", "not-done", "afterwards", "by-pod"})
  void saysNoEnglishSentenceToAChineseReader(String group) {
    messages(group, Locale.SIMPLIFIED_CHINESE)
        .forEach(
            (name, message) ->
                assertThat(said(tree(message).get("blocks")))
                    .as(name)
                    .doesNotContainPattern("[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}"));
  }

  private static String said(JsonElement block) {
    StringBuilder said = new StringBuilder();
    if (block.isJsonArray()) {
      block.getAsJsonArray().forEach(part -> said.append(said(part)));
    } else if (block.isJsonObject()) {
      JsonObject part = block.getAsJsonObject();
      boolean quote = part.has("style") && part.get("style").toString().contains("\"code\":true");
      if (part.has("text") && part.get("text").isJsonPrimitive() && !quote) {
        said.append(part.get("text").getAsString());
      }
      part.entrySet().forEach(entry -> said.append(said(entry.getValue())));
    }
    return said.toString();
  }

  @Test
  void staysWithinWhatSlackTakesWhateverIsSeen() {
    String longest = "a".repeat(253);
    PodName pod = new PodName("n".repeat(63), longest, Acts.POD.uid(), "Deployment/" + longest);
    List<Target> targets = new ArrayList<>();
    for (int pid = 100_000; pid < 100_008; pid++) {
      targets.add(new Target(pid, 1L << 40, "W".repeat(15), 4_000_000, Optional.of(pod)));
    }
    List<Remedy> acts = new ArrayList<>(List.of(new Kill(Acts.SEEN, targets), Acts.RAISE));
    targets.forEach(target -> acts.add(new Kill(Acts.SEEN, List.of(target))));
    for (Locale locale : List.of(Locale.US, Locale.SIMPLIFIED_CHINESE)) {
      Message message = CourseCases.row(new RemedyButtons(Texts.in(locale), true), acts);
      assertFits(message);
    }
  }

  @Test
  void everyMessageIsOneThatSlackTakes() {
    for (String group :
        List.of(
            "killed",
            "written",
            "reasons",
            "silences",
            "not-done",
            "on-its-way",
            "afterwards",
            "by-pod")) {
      messages(group, Locale.US).values().forEach(RemedyMessageTest::assertFits);
      messages(group, Locale.SIMPLIFIED_CHINESE).values().forEach(RemedyMessageTest::assertFits);
    }
    CourseCases.refusals(new RemedyReplies(Texts.in(Locale.US)), Locale.US)
        .values()
        .forEach(RemedyMessageTest::assertFits);
  }

  @Test
  void showsForeignTextOnlyWhereSlackInterpretsNothing() {
    for (String group :
        List.of("killed", "reasons", "not-done", "afterwards", "by-pod", "refusals")) {
      messages(group, Locale.US)
          .values()
          .forEach(
              message -> {
                assertThat(message.text()).doesNotContain("<!").doesNotContain("\u202e");
                assertThat(tree(message).toString())
                    .doesNotContain("mrkdwn")
                    .doesNotContain("\u202e")
                    .doesNotContain("\\u0007");
              });
    }
  }

  /** Below a diagnosis as long as Slack takes, the act is told all the same. */
  @Test
  void leavesOutTheEndOfALongDiagnosisRatherThanTheAct() {
    List<LayoutBlock> blocks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      blocks.add(new Rich().plain("x".repeat(1_250)).block());
    }
    Message diagnosis = new Message("diagnosis", blocks);
    RemedyJob job =
        ToldActs.job(
            Acts.KILL,
            Story.BEGINS.ended(ToldActs.killed(KillResult.Outcome.KILLED), Acts.AT),
            Locale.US,
            SentMessage.write(diagnosis));
    Message message = ToldActs.of(job, new Phase.Ended(Optional.empty(), false));
    assertFits(message);
    assertThat(tree(message).toString()).contains("SIGKILL").contains("x".repeat(1_250));
  }

  @Test
  void keepsADiagnosisAsItWas() {
    Message message =
        ToldActs.of(ToldActs.job(Story.BEGINS, Locale.US), new Phase.Executing(ToldActs.HOSTILE));
    assertThat(SentMessage.read(SentMessage.write(message))).contains(message);
    assertThat(SentMessage.read("no such thing")).isEmpty();
  }

  private static void assertFits(Message message) {
    var blocks = JsonMapper.builder().build().readTree(tree(message).get("blocks").toString());
    assertThat(new BlockKit(file -> true).problemsOfMessage(blocks)).isEmpty();
    assertThat(BlockKit.isTooLong(blocks)).isFalse();
  }

  private static JsonObject tree(Message message) {
    JsonObject object = new JsonObject();
    object.addProperty("text", message.text());
    object.add("blocks", GsonFactory.createSnakeCase().toJsonTree(message.blocks()));
    return object;
  }
}
