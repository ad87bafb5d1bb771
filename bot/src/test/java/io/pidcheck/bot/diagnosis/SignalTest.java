package io.pidcheck.bot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.diagnosis.ProbeWords.Probe;
import io.pidcheck.bot.diagnosis.ProbeWords.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class SignalTest {

  @ParameterizedTest
  @CsvFileSource(resources = "/messages/strong.psv", delimiter = '|', quoteCharacter = '\0')
  void knowsARefusedForkByItsShape(String kind, String message) {
    assertThat(Signal.of(message))
        .as(message)
        .isEqualTo(new Signal.Strong(Signal.Kind.valueOf(kind)));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/messages/weak.psv", delimiter = '|', quoteCharacter = '\0')
  void doesNotBelieveAWeakMessageByItself(String hint, String message) {
    assertThat(Signal.of(message))
        .as(message)
        .isEqualTo(new Signal.Weak(Signal.Hint.valueOf(hint)));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/messages/look-alikes.psv", delimiter = '|', quoteCharacter = '\0')
  void isNotFooledByALookAlike(String lookAlike, String message) {
    assertThat(Signal.of(message))
        .as(message)
        .isEqualTo(new Signal.Unrelated(Signal.LookAlike.valueOf(lookAlike)));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/messages/silent.psv", delimiter = '|', quoteCharacter = '\0')
  void hearsNothingInOrdinaryEvents(String reason, String message) {
    assertThat(Signal.of(message)).as(reason).isEqualTo(new Signal.Silent());
  }

  @Test
  void tellsAFailedProbeFromAnErroredOne() {
    assertThat(ProbeWords.in("Liveness probe failed: sh: can't fork"))
        .contains(new ProbeWords(Probe.LIVENESS, Verb.FAILED, false));
    assertThat(ProbeWords.in("Readiness probe errored: rpc error: code = DeadlineExceeded"))
        .contains(new ProbeWords(Probe.READINESS, Verb.ERRORED, true));
    assertThat(ProbeWords.in("Started container calico-node")).isEmpty();
  }

  @Test
  void knowsTheKubeletsDecisionToRestart() {
    assertThat(
            ProbeWords.announcesRestart(
                "Container calico-node failed liveness probe, will be restarted"))
        .isTrue();
    assertThat(ProbeWords.announcesRestart("Liveness probe failed: timeout")).isFalse();
  }

  @Test
  void readsExitCodesOutOfText() {
    assertThat(ExitMeaning.in("command terminated with exit code 126"))
        .contains(ExitMeaning.NOT_EXECUTABLE);
    assertThat(ExitMeaning.in("container exited with code 137")).contains(ExitMeaning.KILLED);
    assertThat(ExitMeaning.in("Exit Code:    128")).contains(ExitMeaning.NOT_STARTED);
    assertThat(ExitMeaning.in("exitCode=143")).contains(ExitMeaning.TERMINATED);
    assertThat(ExitMeaning.in("退出码：137")).contains(ExitMeaning.KILLED);
    assertThat(ExitMeaning.in("exit the room")).isEmpty();
  }
}
