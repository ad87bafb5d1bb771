package io.pidcheck.bot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pidcheck.bot.diagnosis.Advice.Kill;
import io.pidcheck.bot.diagnosis.Advice.RaisePidMax;
import io.pidcheck.bot.diagnosis.LimitUse.Kind;
import io.pidcheck.bot.diagnosis.Link.Step;
import io.pidcheck.bot.diagnosis.Suspicion.Finding;
import io.pidcheck.bot.diagnosis.Suspicion.Suspect;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The incident that this is for, sentence by sentence as its write-up has it. */
class IncidentTest {

  private static final Offset<Double> HALF_A_PERMILLE = within(0.0005);
  private static final Diagnosis TOLD =
      DiagnosisTest.diagnosis(Path.of("src/test/resources/diagnosis/incident"));

  @Test
  void isCriticalSincePidMaxIsUsedUp() {
    LimitUse binding = TOLD.limits().binding().orElseThrow();
    assertThat(binding.kind()).isEqualTo(Kind.PID_MAX);
    assertThat(binding.usedShare()).isEqualTo(0.965, HALF_A_PERMILLE);
    assertThat(TOLD.verdict().level()).isEqualTo(Level.CRITICAL);
    assertThat(TOLD.verdict().deciding()).contains(binding);
  }

  @Test
  void blamesTheTwoProcessesWith65And24PercentWhichAre89() {
    assertThat(TOLD.culprits().found())
        .hasOnlyElementsOfType(Culprit.ThreadExplosion.class)
        .extracting(culprit -> Math.round(culprit.share() * 100))
        .containsExactly(65L, 24L);
    assertThat(TOLD.culprits().together()).isEqualTo(21_317 + 7_853);
    assertThat(TOLD.culprits().share()).isEqualTo(0.890, HALF_A_PERMILLE);
    assertThat(TOLD.causes()).extracting(Cause::language).containsOnly(Language.DOTNET);
  }

  @Test
  void tellsTheChainInItsOrder() {
    assertThat(TOLD.chain().links())
        .extracting(Link::step)
        .containsExactly(
            Step.LEAK,
            Step.LIMIT_REACHED,
            Step.FORK_REFUSED,
            Step.PROBE_NOT_RUN,
            Step.PROBES_FAIL,
            Step.THRESHOLD,
            Step.RESTARTED,
            Step.BIRD_DOWN,
            Step.NOT_READY,
            Step.ROUTES);
    assertThat(TOLD.calicoRestart().reason()).isEqualTo(Restart.Reason.PID_EXHAUSTION);
  }

  @Test
  void rulesMemoryOutByItsNumbers() {
    Suspicion memory =
        TOLD.otherSuspects().stream()
            .filter(suspicion -> suspicion.suspect() == Suspect.MEMORY)
            .findFirst()
            .orElseThrow();
    assertThat(memory.finding()).isEqualTo(Finding.RULED_OUT);
    assertThat(memory.figures()).extracting(bytes -> bytes >> 30).isEqualTo(List.of(22L, 62L, 35L));
  }

  @Test
  void raisesTo131072AndKillsBoth() {
    assertThat(TOLD.advice())
        .filteredOn(RaisePidMax.class::isInstance)
        .extracting(raise -> ((RaisePidMax) raise).to())
        .containsExactly(131_072L);
    assertThat(TOLD.advice())
        .filteredOn(Kill.class::isInstance)
        .extracting(kill -> ((Kill) kill).pid())
        .containsExactly(30_855, 15_466);
  }
}
