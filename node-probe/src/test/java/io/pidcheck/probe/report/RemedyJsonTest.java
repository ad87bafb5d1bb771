package io.pidcheck.probe.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.probe.report.Reason.Why;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class RemedyJsonTest {

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final String STRANGE = "a\"b\\c\u0001\n\u007F é 服务 🙂 </script>";
  private static final String BOOT = "6d0f8a3c-5a44-4a0e-9a3e-0d2f6f6f9b1c";
  private static final String LONGEST_COMM = "🙂".repeat(7) + "x";
  private static final String LONGEST_NODE = "n".repeat(253);

  @ParameterizedTest
  @EnumSource(KillResult.Outcome.class)
  void aKillIsReadBackAsItWasWritten(KillResult.Outcome outcome) {
    KillResult result =
        kill(List.of(new KillResult.Killed(7, 99, STRANGE, outcome, reasons(STRANGE), 12)));

    byte[] json = RemedyJson.of(result);

    assertThat(JSON.readValue(json, KillResult.class)).isEqualTo(result);
    assertThat(JSON.readTree(json).at("/kind").asString()).isEqualTo("kill");
  }

  @ParameterizedTest
  @EnumSource(SysctlResult.Outcome.class)
  void aSettingIsReadBackAsItWasWritten(SysctlResult.Outcome outcome) {
    SysctlResult result = sysctl(outcome, STRANGE, 2);

    byte[] json = RemedyJson.of(result);

    assertThat(JSON.readValue(json, SysctlResult.class)).isEqualTo(result);
    assertThat(JSON.readTree(json).at("/kind").asString()).isEqualTo("sysctl");
  }

  @Test
  void isOneLine() {
    assertThat(text(RemedyJson.of(sysctl(SysctlResult.Outcome.DONE, "a\nb", 1))))
        .doesNotContain("\n");
  }

  @Test
  void leavesAShortResultAsItIs() {
    KillResult result =
        kill(List.of(new KillResult.Killed(7, 9, "x", KillResult.Outcome.KILLED, List.of(), 1)));

    assertThat(RemedyJson.terminationMessage(result)).isEqualTo(RemedyJson.of(result));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\"", "服", "🙂", "\u0001"})
  void theMostTargetsFitATerminationMessageWithTheirOutcomes(String character) {
    List<KillResult.Killed> targets = new ArrayList<>();
    for (int i = 0; i < KillResult.MAX_TARGETS; i++) {
      targets.add(
          new KillResult.Killed(
              4_194_303,
              123_456_789_012L,
              LONGEST_COMM,
              KillResult.Outcome.STILL_THERE_UNINTERRUPTIBLE,
              reasons(character.repeat(500)),
              123_456));
    }
    byte[] message = RemedyJson.terminationMessage(kill(targets));

    assertThat(message.length).isLessThanOrEqualTo(TerminationMessage.MAX_BYTES);
    assertThat(JSON.readValue(message, KillResult.class).targets())
        .hasSize(KillResult.MAX_TARGETS)
        .allMatch(t -> t.outcome() == KillResult.Outcome.STILL_THERE_UNINTERRUPTIBLE);
  }

  @Test
  void theMostSettingsFitATerminationMessage() {
    SysctlResult result =
        sysctl(SysctlResult.Outcome.PARTLY, "w".repeat(5000), SysctlResult.MAX_WRITTEN);

    byte[] message = RemedyJson.terminationMessage(result);

    assertThat(message.length).isLessThanOrEqualTo(TerminationMessage.MAX_BYTES);
    SysctlResult read = JSON.readValue(message, SysctlResult.class);
    assertThat(read.written()).isEqualTo(result.written());
    assertThat(read.reasons().getFirst().why()).isEqualTo(Why.NOT_WAITED_FOR);
    assertThat(read.reasons().getFirst().details().getLast()).isNotEmpty();
  }

  private static KillResult kill(List<KillResult.Killed> targets) {
    return new KillResult(RemedyResult.VERSION, LONGEST_NODE, BOOT, true, 31_635, 2_465, targets);
  }

  private static SysctlResult sysctl(SysctlResult.Outcome outcome, String words, int written) {
    String path = "/" + "p".repeat(199);
    return new SysctlResult(
        RemedyResult.VERSION,
        LONGEST_NODE,
        BOOT,
        false,
        31_635,
        outcome,
        reasons(words),
        Collections.nCopies(written, new SysctlResult.Written(path, "32768", "131072", "131072")),
        true,
        path);
  }

  private static List<Reason> reasons(String name) {
    return List.of(Reason.of(Why.NOT_WAITED_FOR, "1234", name));
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
