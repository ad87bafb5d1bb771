package io.pidcheck.bot.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.act.Acts;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Remedy.Kill;
import io.pidcheck.bot.act.Remedy.Target;
import io.pidcheck.bot.cluster.NodePod;
import io.pidcheck.bot.remedy.Guard.Objection;
import io.pidcheck.bot.remedy.Guard.Present;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {

  private static final Rules RULES =
      new Rules(
          Set.of(),
          Duration.ofMinutes(15),
          Duration.ofMinutes(10),
          false,
          Set.of("mysqld"),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5));

  @Test
  void hasNothingAgainstAnActOnWhatWasJustSeen() {
    Acts.all().forEach(act -> assertThat(against(act, present(0, pod(false, false)))).isEmpty());
  }

  @Test
  void refusesWhatWasSeenTooLongAgoButGivesBackAtAnyTime() {
    Present later = present(601, pod(false, false));
    assertThat(against(Acts.KILL, later)).contains(new Objection.TooOld(Duration.ofSeconds(601)));
    assertThat(against(Acts.RAISE, later)).isPresent();
    assertThat(against(Acts.DELETE, later)).isPresent();
    assertThat(against(Acts.UNDO, later)).isEmpty();
    assertThat(against(Acts.KILL, present(600, pod(false, false)))).isEmpty();
  }

  @Test
  void refusesAfterARebootWhateverItIs() {
    Present rebooted =
        new Present(Acts.AT, Optional.of("ffffffff-6c5b-4c0e-9d0a-3a8f3a1c2b4d"), List.of());
    Acts.all()
        .forEach(act -> assertThat(against(act, rebooted)).contains(new Objection.Rebooted()));
  }

  @ParameterizedTest
  @CsvSource({
    "kubelet, KUBELET",
    "containerd, RUNTIME",
    "dockerd, RUNTIME",
    "containerd-shim, SHIM",
    "systemd-journal, SYSTEMD",
    "sshd, SSHD",
    "etcd, CONTROL_PLANE",
    "mysqld, SETTINGS"
  })
  void neverKillsWhatHoldsTheNodeTogether(String comm, String why) {
    Kill kill = new Kill(Acts.SEEN, List.of(new Target(900, 5, comm, 4_000, Optional.empty())));
    assertThat(against(kill, present(0))).contains(new Objection.Protected(why, 900, comm));
  }

  @Test
  void letsNoLeakHideBehindAName() {
    Kill kill =
        new Kill(Acts.SEEN, List.of(new Target(900, 5, "kubelet", 9_000, Optional.of(Acts.POD))));
    assertThat(against(kill, present(0, pod(false, false)))).isEmpty();
  }

  @Test
  void neverTouchesCalicoNodeNorTheControlPlane() {
    assertThat(against(Acts.KILL, present(0, pod(false, true))))
        .contains(new Objection.Protected("CALICO_NODE", 30_855, "dotnet"));
    assertThat(against(Acts.DELETE, present(0, pod(false, true)))).isPresent();
    assertThat(against(Acts.KILL_BOTH, present(0, pod(true, false)))).isPresent();
    assertThat(against(Acts.DELETE, present(0, pod(true, false)))).isPresent();
  }

  private static Optional<Objection> against(Remedy remedy, Present present) {
    return new Guard(RULES).against(remedy, present);
  }

  private static Present present(long secondsLater, NodePod... pods) {
    Instant now = Acts.AT.plusSeconds(secondsLater);
    return new Present(now, Optional.of(Acts.BOOT), List.of(pods));
  }

  private static NodePod pod(boolean mirror, boolean calicoNode) {
    return new NodePod(
        Acts.POD.namespace(),
        Acts.POD.name(),
        Acts.POD.uid(),
        mirror,
        calicoNode,
        true,
        Optional.empty(),
        "");
  }
}
