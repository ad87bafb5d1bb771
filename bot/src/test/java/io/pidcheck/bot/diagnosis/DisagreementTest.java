package io.pidcheck.bot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Lack;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.NotTold;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.EvidenceFiles;
import io.pidcheck.bot.evidence.KubeletFigures;
import io.pidcheck.bot.evidence.ProbeOutcome.Source;
import io.pidcheck.bot.evidence.Surroundings;
import io.pidcheck.probe.report.Limit;
import io.pidcheck.probe.report.Missing;
import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.PidLimits;
import io.pidcheck.probe.report.PidUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two who counted the same: when their difference is worth a word, and when not. */
class DisagreementTest {

  private static final Instant NOW = Instant.parse("2026-11-24T15:00:00Z");
  private static final NodeReport INCIDENT = incident();
  private static final long MAX = 32_768;
  private static final long COUNTED = INCIDENT.use().threads();

  @Test
  void isNoneWhereBothSayTheSame() {
    assertThat(between(INCIDENT, MAX, COUNTED)).isEmpty();
  }

  @Test
  void isNoneWhatSomeSecondsBetweenTheCountsExplain() {
    assertThat(between(INCIDENT, MAX, COUNTED - 3_000)).isEmpty(); // less than a tenth
    assertThat(between(threads(500), MAX, 790)).isEmpty(); // more than a tenth, and few
    assertThat(between(threads(500), MAX, 801)).containsExactly(new Disagreement.Tasks(500, 801));
  }

  @Test
  void isEitherWayRound() {
    assertThat(between(INCIDENT, MAX, 1_200))
        .containsExactly(new Disagreement.Tasks(COUNTED, 1_200));
    assertThat(between(threads(1_200), MAX, COUNTED))
        .containsExactly(new Disagreement.Tasks(1_200, COUNTED));
  }

  @Test
  void isADifferentCeiling() {
    assertThat(between(INCIDENT, 65_536, COUNTED))
        .containsExactly(new Disagreement.Ceiling(MAX, 65_536));
  }

  @Test
  void isNoneWhereTheKubeletNamesTheLowerOfTheProbesTwoCeilings() {
    NodeReport low = limits(new Limit.Of(MAX), new Limit.Of(20_000));
    assertThat(between(low, 20_000, COUNTED)).isEmpty();
    assertThat(between(low, MAX, COUNTED)).isEmpty(); // an older kubelet knows pid_max alone
    assertThat(between(low, 30_000, COUNTED)).hasSize(1);
  }

  @Test
  void isNoneWhereOneOfThemSaidNothing() {
    KubeletFigures mute =
        new KubeletFigures(
            new NotTold<>(Lack.ERROR, "HTTP 500"),
            new NotTold<>(Lack.ERROR, "HTTP 500"),
            Map.of(),
            NOW);
    assertThat(Disagreement.in(evidence(INCIDENT, Optional.of(mute)))).isEmpty();
    assertThat(Disagreement.in(evidence(INCIDENT, Optional.empty()))).isEmpty();
  }

  @Test
  void isNoneWhereTheProbeIsKnownToSeeAFewOnly() {
    NodeReport few =
        with(
            INCIDENT,
            INCIDENT.limits(),
            new PidUse(11, 1, 0, 0, INCIDENT.use().freePids()),
            List.of(new Missing(Missing.OTHERS_PROCESSES, "hidden")));
    assertThat(between(few, MAX, COUNTED)).isEmpty();
  }

  private static List<Disagreement> between(NodeReport report, long maxPid, long tasks) {
    return Disagreement.in(evidence(report, Optional.of(new KubeletFigures(maxPid, tasks, NOW))));
  }

  private static Evidence evidence(NodeReport report, Optional<KubeletFigures> kubelet) {
    Surroundings none = Surroundings.none(NOW);
    Surroundings around =
        new Surroundings(NOW, none.node(), none.pods(), none.events(), kubelet, none.missing());
    return new Evidence(report, Source.LOG, Map.of(), Optional.empty(), around, Optional.empty());
  }

  private static NodeReport threads(long threads) {
    PidUse use = INCIDENT.use();
    return with(
        INCIDENT,
        INCIDENT.limits(),
        new PidUse(threads, use.processes(), use.kernelThreads(), use.zombies(), use.freePids()),
        List.of());
  }

  private static NodeReport limits(Limit pidMax, Limit threadsMax) {
    return with(INCIDENT, new PidLimits(pidMax, threadsMax), INCIDENT.use(), List.of());
  }

  private static NodeReport with(
      NodeReport report, PidLimits limits, PidUse use, List<Missing> missing) {
    return new NodeReport(
        report.version(),
        report.complete(),
        report.node(),
        limits,
        use,
        report.memory(),
        report.processes(),
        report.cgroups(),
        report.owners(),
        report.commands(),
        report.threadNames(),
        report.zombieParents(),
        missing);
  }

  private static NodeReport incident() {
    try {
      return EvidenceFiles.report(
          Files.readString(Path.of("src/test/resources/cases/incident/in-report.json")),
          "k8s-worker02");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
