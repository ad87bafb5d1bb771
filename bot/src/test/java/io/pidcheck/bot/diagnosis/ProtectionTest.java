package io.pidcheck.bot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.evidence.PodSeen;
import io.pidcheck.probe.report.Limit;
import io.pidcheck.probe.report.ProcessUse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtectionTest {

  @ParameterizedTest
  @CsvSource({
    "kubelet, KUBELET",
    "containerd, RUNTIME",
    "containerd-shim, SHIM",
    "conmon, SHIM",
    "systemd-journal, SYSTEMD",
    "sshd, SSHD",
    "etcd, CONTROL_PLANE",
    "dotnet, NONE"
  })
  void keepsWhatTheNodeLivesBy(String comm, Protection expected) {
    assertThat(Protection.of(process(500, 1, "S", comm, Optional.empty()), Optional.empty()))
        .isEqualTo(expected);
  }

  @Test
  void neverTouchesProcessOneOrAZombie() {
    assertThat(Protection.of(process(1, 0, "S", "dotnet", Optional.empty()), Optional.empty()))
        .isEqualTo(Protection.INIT);
    assertThat(Protection.of(process(9, 1, "Z", "dotnet", Optional.empty()), Optional.empty()))
        .isEqualTo(Protection.ZOMBIE);
  }

  @Test
  void doesNotLetAPodHideBehindAKubeletsName() {
    assertThat(Protection.of(process(9, 1, "S", "kubelet", Optional.of("u")), Optional.empty()))
        .isEqualTo(Protection.NONE);
  }

  @Test
  void keepsStaticPods() {
    PodSeen mirror =
        new PodSeen(
            "u",
            new PodRef("kube-system", "kube-apiserver-m1", Optional.empty(), "Burstable"),
            false,
            true,
            "Running",
            "",
            Optional.empty(),
            List.of());
    assertThat(Protection.of(process(9, 1, "S", "x", Optional.of("u")), Optional.of(mirror)))
        .isEqualTo(Protection.CONTROL_PLANE);
  }

  private static ProcessUse process(
      int pid, int ppid, String state, String comm, Optional<String> pod) {
    return new ProcessUse(
        pid, ppid, 0, state, 1, 500, comm, comm, Limit.UNLIMITED, "/x", pod, Optional.empty());
  }
}
