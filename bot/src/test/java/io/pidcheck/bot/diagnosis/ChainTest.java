package io.pidcheck.bot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.diagnosis.Link.Step;
import io.pidcheck.bot.diagnosis.Standing.Contradicted;
import io.pidcheck.bot.diagnosis.Standing.Objection;
import io.pidcheck.bot.diagnosis.Standing.Observed;
import io.pidcheck.bot.evidence.ContainerSeen;
import io.pidcheck.bot.evidence.EventSeen;
import io.pidcheck.bot.evidence.KubeletFigures;
import io.pidcheck.bot.evidence.NodeSeen;
import io.pidcheck.bot.evidence.PodSeen;
import io.pidcheck.bot.evidence.ProbeOutcome.NotStarted;
import io.pidcheck.bot.evidence.ProbeOutcome.Reason;
import io.pidcheck.bot.evidence.ProbeSpec;
import io.pidcheck.bot.evidence.ProbeSpec.Handler;
import io.pidcheck.bot.evidence.Surroundings;
import io.pidcheck.bot.evidence.Termination;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChainTest {

  private static final Instant NOW = Instant.parse("2026-03-23T05:00:00Z");
  private static final String ERRORED =
      "Liveness probe errored: rpc error: code = Unknown desc = failed to exec in container: failed"
          + " to start exec \"ID\": OCI runtime exec failed: fork/exec /usr/bin/runc: resource"
          + " temporarily unavailable: unknown";
  private static final String FAILED =
      "Liveness probe failed: OCI runtime exec failed: fork/exec /usr/bin/docker-runc: resource"
          + " temporarily unavailable";

  @Test
  void doesNotClaimARestartWhereTheRuntimeThrowsErroredProbesAway() {
    Diagnosis diagnosis = diagnosis("containerd://1.7.2", calico(Handler.EXEC, 0, true), ERRORED);
    assertThat(standing(diagnosis, Step.THRESHOLD))
        .isInstanceOfSatisfying(
            Contradicted.class,
            no -> assertThat(no.by()).isEqualTo(Objection.ERRORED_IS_NOT_COUNTED));
    assertThat(standing(diagnosis, Step.RESTARTED)).isInstanceOf(Contradicted.class);
    assertThat(diagnosis.calicoRestart().happened()).isFalse();
  }

  @Test
  void doesNotSayThatDockerThrowsErroredProbesAway() {
    Diagnosis diagnosis = diagnosis("docker://20.10.7", calico(Handler.EXEC, 0, true), ERRORED);
    assertThat(diagnosis.chain().links()).noneMatch(link -> link.step() == Step.THRESHOLD);
  }

  @Test
  void doesNotBlameAnHttpLivenessProbeOnPids() {
    Diagnosis diagnosis =
        diagnosis("cri-o://1.29", calico(Handler.HTTP_GET, 0, true), "Readiness probe failed: x");
    assertThat(standing(diagnosis, Step.PROBE_NOT_RUN)).isInstanceOf(Contradicted.class);
    assertThat(standing(diagnosis, Step.THRESHOLD)).isInstanceOf(Contradicted.class);
  }

  @Test
  void takesTheKubeletsWordForARestart() {
    Diagnosis diagnosis =
        diagnosis(
            "docker://20.10.7",
            calico(Handler.EXEC, 1, false),
            FAILED,
            "Container calico-node failed liveness probe, will be restarted");
    assertThat(standing(diagnosis, Step.THRESHOLD)).isInstanceOf(Observed.class);
    assertThat(standing(diagnosis, Step.RESTARTED)).isEqualTo(new Standing.Counted(1));
    assertThat(diagnosis.calicoRestart().reason()).isEqualTo(Restart.Reason.PID_EXHAUSTION);
  }

  @Test
  void doesNotBlameTodaysShortageForLastMonthsRestart() {
    Instant lastMonth = NOW.minus(Duration.ofDays(30));
    Diagnosis diagnosis =
        diagnosis("containerd://1.7.2", calico(Handler.EXEC, 3, true, lastMonth), ERRORED);
    assertThat(diagnosis.calicoRestart().reason()).isEqualTo(Restart.Reason.EARLIER);
    assertThat(standing(diagnosis, Step.RESTARTED))
        .isEqualTo(new Contradicted(Objection.RESTARTED_EARLIER, List.of()));
  }

  @Test
  void doesNotSayThatLivenessFailedWhereCalicosOwnProcessEnded() {
    Diagnosis diagnosis = diagnosis("containerd://1.7.2", calico(Handler.EXEC, 1, false), ERRORED);
    assertThat(diagnosis.calicoRestart().reason()).isEqualTo(Restart.Reason.PID_EXHAUSTION);
    assertThat(diagnosis.chain().links())
        .filteredOn(link -> link.step() == Step.THRESHOLD)
        .extracting(Link::wording)
        .contains(Link.Wording.ITS_PROCESS_ENDED);
  }

  @Test
  void leavesOpenWhyItRestartedOnAFullNodeWithoutEvents() {
    Diagnosis diagnosis = diagnosis("containerd://1.7.2", calico(Handler.EXEC, 1, true));
    assertThat(diagnosis.calicoRestart().reason()).isEqualTo(Restart.Reason.POSSIBLY_PIDS);
    assertThat(standing(diagnosis, Step.RESTARTED)).isEqualTo(new Standing.Inferred());
  }

  @Test
  void doesNotDiagnoseFromBirdsMessageAlone() {
    Diagnosis diagnosis =
        Diagnosis.without(
            new NotStarted(Reason.NODE_SILENT, ""),
            around(
                "containerd://1.7.2",
                calico(Handler.EXEC, 3, false),
                Optional.empty(),
                "Readiness probe failed: calico/node is not ready: BIRD is not ready: Error"
                    + " querying BIRD: unable to connect to BIRDv4 socket: dial unix"
                    + " /var/run/calico/bird.ctl: connect: connection refused"));
    assertThat(diagnosis.chain().links()).isEmpty();
    assertThat(diagnosis.calicoRestart().reason()).isNotEqualTo(Restart.Reason.PID_EXHAUSTION);
    assertThat(diagnosis.verdict().level()).isEqualTo(Level.UNKNOWN);
  }

  @Test
  void takesTheProbesOwnFailureForEvidence() {
    Diagnosis diagnosis =
        Diagnosis.without(
            new NotStarted(
                Reason.CANNOT_START,
                "FailedCreatePodSandBox: failed to start shim: fork/exec"
                    + " /usr/bin/containerd-shim-runc-v2: resource temporarily unavailable"),
            Surroundings.none(NOW));
    assertThat(diagnosis.verdict().level()).isEqualTo(Level.CRITICAL);
    assertThat(diagnosis.verdict().reason()).isEqualTo(Verdict.Reason.PROBE_WAS_REFUSED);
    assertThat(diagnosis.verdict().missing()).contains(Verdict.Gap.REPORT, Verdict.Gap.EVENTS);
  }

  private static Standing standing(Diagnosis diagnosis, Step step) {
    return diagnosis.chain().links().stream()
        .filter(link -> link.step() == step)
        .findFirst()
        .orElseThrow()
        .standing();
  }

  private static Diagnosis diagnosis(String runtime, PodSeen calico, String... messages) {
    KubeletFigures full = new KubeletFigures(32_768, 32_460, NOW);
    return Diagnosis.without(
        new NotStarted(Reason.CANNOT_START, ""),
        around(runtime, calico, Optional.of(full), messages));
  }

  private static Surroundings around(
      String runtime, PodSeen calico, Optional<KubeletFigures> kubelet, String... messages) {
    List<EventSeen> events = Arrays.stream(messages).map(ChainTest::event).toList();
    return new Surroundings(
        NOW,
        Optional.of(new NodeSeen("n", runtime, "v1.29.0", "b", List.of(), List.of())),
        List.of(calico),
        events,
        kubelet,
        List.of());
  }

  private static EventSeen event(String message) {
    return new EventSeen(
        "Warning",
        "Unhealthy",
        message,
        4,
        Optional.of(NOW.minusSeconds(300)),
        Optional.of(NOW.minusSeconds(60)),
        new EventSeen.Target("Pod", "kube-system", "calico-node-6sqwm"));
  }

  private static PodSeen calico(Handler liveness, int restarts, boolean ready) {
    return calico(liveness, restarts, ready, NOW);
  }

  private static PodSeen calico(Handler liveness, int restarts, boolean ready, Instant lastEnded) {
    ProbeSpec probe =
        new ProbeSpec(liveness, "", Duration.ofSeconds(10), Duration.ofSeconds(10), 6);
    ContainerSeen container =
        new ContainerSeen(
            "calico-node",
            "calico/node:v3.28.0",
            Map.of(),
            Map.of(),
            ready,
            restarts,
            Optional.empty(),
            restarts == 0
                ? Optional.empty()
                : Optional.of(new Termination("Error", 137, "", Optional.of(lastEnded))),
            Optional.of(probe),
            Optional.of(probe));
    return new PodSeen(
        "c1",
        new PodRef("kube-system", "calico-node-6sqwm", Optional.empty(), "Burstable"),
        true,
        false,
        "Running",
        "",
        Optional.empty(),
        List.of(container));
  }
}
