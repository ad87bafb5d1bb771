package io.pidcheck.probe.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.probe.proc.ProcFs;
import io.pidcheck.probe.proc.Unread;
import io.pidcheck.probe.report.Reason;
import io.pidcheck.probe.report.Reason.Why;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectionTest {

  private static final int PID = 77;
  private static final String CONTAINER = "d".repeat(64);
  private static final String POD_UID = "0123abcd-0000-4000-8000-000000000077";
  private static final String POD = "/kubepods/burstable/pod" + POD_UID + "/" + CONTAINER;

  @TempDir private Path dir;
  private SmallNode node;

  @BeforeEach
  void layOut() throws IOException {
    node = SmallNode.in(dir);
  }

  @ParameterizedTest
  @CsvSource({
    "kubelet, IS_KUBELET",
    "k3s-server, IS_KUBELET",
    "containerd, IS_RUNTIME",
    "dockerd, IS_RUNTIME",
    "containerd-shim, IS_RUNTIME",
    "conmon, IS_RUNTIME",
    "kube-apiserver, IS_CONTROL_PLANE",
    "etcd, IS_CONTROL_PLANE",
    "systemd-journal, IS_SYSTEMD",
    "sshd, IS_SSHD",
    "sshd-session, IS_SSHD",
  })
  void protectsTheNodesOwnProgramsByName(String comm, Why why) throws IOException {
    node.process(PID, comm, 1, "/user.slice");

    assertThat(why(PID)).contains(Reason.of(why));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubelet",
        "containerd-shim",
        "etcd",
        "systemd",
        "sshd",
        "java",
      })
  void doesNotProtectAPodsProcessForItsName(String comm) throws IOException {
    node.process(PID, comm, 1, POD);

    assertThat(why(PID)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/system.slice/kubelet.service, IS_KUBELET",
    "/system.slice/containerd.service, IS_RUNTIME",
    "/../../../../system.slice/docker.service, IS_RUNTIME",
  })
  void protectsWhatRunsInTheirServices(String cgroup, Why why) throws IOException {
    node.process(PID, "anything", 1, cgroup);

    assertThat(why(PID)).contains(Reason.of(why));
  }

  @Test
  void protectsAStaticPod() throws IOException {
    node.process(
        PID, "etcd", 1, "/kubepods/burstable/pod" + "0123456789abcdef".repeat(2) + "/" + CONTAINER);

    assertThat(why(PID)).contains(Reason.of(Why.IN_STATIC_POD));
  }

  @Test
  void protectsItselfAndItsPod() throws IOException {
    node.process(PID, "pause", 1, "/kubepods/besteffort/pod" + SmallNode.POD + "/" + CONTAINER);

    assertThat(why(50)).contains(Reason.of(Why.IS_PROBE));
    assertThat(why(PID)).contains(Reason.of(Why.IN_PROBES_POD));
  }

  @Test
  void protectsProcessOneAndKernelThreads() throws IOException {
    node.write(
        "proc/77/stat", "77 (kworker/0:1) I 2 0 0 0 -1 69238880 0 0 0 0 0 0 0 0 20 0 1 0 33 0 0");

    assertThat(why(1)).contains(Reason.of(Why.IS_INIT));
    assertThat(why(PID)).contains(Reason.of(Why.IS_KERNEL_THREAD));
  }

  @Test
  void protectsWhatTheSettingsNameInPodsToo() throws IOException {
    node.process(PID, "postgres", 1, POD);

    assertThat(why(PID, new Remedy.Guarded(Set.of("postgres"), Set.of())))
        .contains(Reason.of(Why.NAME_IN_SETTINGS, "postgres"));
    assertThat(why(PID, new Remedy.Guarded(Set.of(), Set.of(POD_UID))))
        .contains(Reason.of(Why.POD_IN_SETTINGS));
  }

  @Test
  void letsAServiceOfTheUsersGo() throws IOException {
    node.process(PID, "dotnet", 21_317, "/system.slice/order.service");

    assertThat(why(PID)).isEmpty();
  }

  private Optional<Reason> why(int pid) {
    return why(pid, new Remedy.Guarded(Set.of(), Set.of()));
  }

  private Optional<Reason> why(int pid, Remedy.Guarded guarded) {
    ProcFs proc = new ProcFs(dir.resolve("proc"), new Unread());
    return new Protection(proc, guarded).why(proc.stat(pid).orElseThrow());
  }
}
