package io.pidcheck.probe.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.probe.report.CgroupKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CgroupPathTest {

  private static final String ID = "0123456789abcdef".repeat(4);
  private static final String UID = "7a1e9a52-94e2-4a52-8ad5-2f4b5a3c1d60";
  private static final String UID_ = UID.replace('-', '_');

  @ParameterizedTest
  @CsvSource({
    "/, ROOT",
    "/init.scope, OTHER",
    "/kubepods, KUBEPODS",
    "/kubepods.slice, KUBEPODS",
    "/kubelet.slice/kubelet-kubepods.slice, KUBEPODS",
    "/kubelet/kubepods, KUBEPODS",
    "/kubepods/burstable, QOS",
    "/kubepods.slice/kubepods-besteffort.slice, QOS",
    "/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice, QOS",
    "/burstable, OTHER",
    "/system.slice, OTHER",
    "/system.slice/containerd.service, RUNTIME",
    "/system.slice/crio.service, RUNTIME",
    "/system.slice/docker.service, RUNTIME",
    "/system.slice/kubelet.service, KUBELET",
    "/system.slice/k3s.service, KUBELET",
    "/system.slice/sshd.service, SERVICE",
    "/system.slice/system-getty.slice/getty@tty1.service, SERVICE",
    "/user.slice, USER_SLICE",
    "/user.slice/user-1000.slice, USER_SLICE",
    "/user.slice/user-1000.slice/session-3.scope, OTHER",
    "/user.slice/user-1000.slice/user@1000.service, SERVICE",
    "/../../x, OTHER",
    "/.., OTHER",
  })
  void knowsWhatANodesCgroupsAre(String path, CgroupKind kind) {
    CgroupPath cgroup = CgroupPath.parse(path);

    assertThat(cgroup.kind()).isEqualTo(kind);
    assertThat(cgroup.ownerKind()).isEqualTo(kind);
    assertThat(cgroup.ownerPath()).isEqualTo(path);
    assertThat(cgroup.podUid()).isEmpty();
    assertThat(cgroup.containerId()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/kubepods/burstable/pod%U, /%I",
    "/kubepods/pod%U, /%I",
    "/kubelet/kubepods/besteffort/pod%U, /%I",
    "/docker/%I/kubepods/besteffort/pod%U, /%I",
    "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod%S.slice, /cri-containerd-%I.scope",
    "/kubepods.slice/kubepods-pod%S.slice, /crio-%I.scope",
    "/kubepods.slice/kubepods-pod%S.slice, /docker-%I.scope",
    "/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-besteffort.slice/kubelet-kubepods-besteffort-pod%S.slice, /cri-containerd-%I.scope",
    "/../../kubepods-besteffort-pod%S.slice, /cri-containerd-%I.scope",
  })
  void findsPodAndContainer(String pod, String container) {
    CgroupPath cgroup = CgroupPath.parse(fill(pod + container));

    assertThat(cgroup.podUid()).contains(UID);
    assertThat(cgroup.containerId()).contains(ID);
    assertThat(cgroup.ownerPath()).isEqualTo(fill(pod));
    assertThat(cgroup.ownerKind()).isEqualTo(CgroupKind.POD);
    assertThat(cgroup.kind()).isEqualTo(CgroupKind.CONTAINER);
    assertThat(CgroupPath.parse(fill(pod)).kind()).isEqualTo(CgroupKind.POD);
  }

  @Test
  void countsWhatAContainerMakesBelowItselfToIt() {
    CgroupPath cgroup = CgroupPath.parse(fill("/kubepods/pod%U/%I/system.slice/cron.service"));

    assertThat(cgroup.kind()).isEqualTo(CgroupKind.OTHER);
    assertThat(cgroup.containerId()).contains(ID);
    assertThat(cgroup.ownerPath()).isEqualTo(fill("/kubepods/pod%U"));
  }

  @Test
  void knowsStaticPodsByTheirHash() {
    assertThat(CgroupPath.parse("/kubepods/burstable/pod" + "0123456789abcdef".repeat(2)).podUid())
        .contains("0123456789abcdef".repeat(2));
  }

  @Test
  void doesNotTakeAMonitorForItsContainer() {
    CgroupPath conmon =
        CgroupPath.parse(fill("/kubepods.slice/kubepods-pod%S.slice/crio-conmon-%I.scope"));

    assertThat(conmon.podUid()).contains(UID);
    assertThat(conmon.containerId()).isEmpty();
    assertThat(conmon.kind()).isEqualTo(CgroupKind.OTHER);
  }

  @Test
  void readsThePathsOfAMisconfiguredContainerd() {
    CgroupPath cgroup =
        CgroupPath.parse(
            fill(
                "/system.slice/containerd.service/kubepods-burstable-pod%S.slice:cri-containerd:%I"));

    assertThat(cgroup.podUid()).contains(UID);
    assertThat(cgroup.containerId()).contains(ID);
    assertThat(cgroup.kind()).isEqualTo(CgroupKind.CONTAINER);
  }

  @ParameterizedTest
  @CsvSource({
    "/podman, OTHER",
    "/kubepods/podium, OTHER",
    "/kubepods/pod1234, OTHER",
    "/kubepods-pod.slice, OTHER",
    "/pod_, OTHER",
  })
  void isNotMisledByNamesThatLookLikeAPod(String path, CgroupKind kind) {
    assertThat(CgroupPath.parse(path).podUid()).isEmpty();
    assertThat(CgroupPath.parse(path).kind()).isEqualTo(kind);
  }

  private static String fill(String path) {
    return path.replace("%U", UID).replace("%S", UID_).replace("%I", ID);
  }
}
