package io.pidcheck.probe.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.probe.proc.Unread;
import io.pidcheck.probe.report.CgroupKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A directory has one inode, from whichever mount it is seen; here the tree itself is both mounts.
 */
class CgroupNamespaceTest {

  private static final String POD = "/kubepods.slice/kubepods-besteffort.slice/kubepods-pod1.slice";

  private static final String INIT_OUTSIDE = "/../../../../init.scope";

  @TempDir private Path root;
  private final Unread unread = new Unread();

  @BeforeEach
  void mount() throws IOException {
    Files.writeString(root.resolve("cgroup.controllers"), "pids\n");
    Files.createDirectories(root.resolve("system.slice/kubelet.service"));
    Files.createDirectories(root.resolve("kubepods.slice/memory.max"));
    Files.createDirectories(root.resolve(POD.substring(1) + "/cri-containerd-a.scope"));
  }

  @Test
  void leavesPathsAloneOnTheNodeItself() {
    CgroupNamespace namespace = namespace(root, "/init.scope");

    assertThat(namespace.absolute("/")).isEqualTo("/");
    assertThat(namespace.absolute("/system.slice")).isEqualTo("/system.slice");
    assertThat(unread.list()).isEmpty();
  }

  @Test
  void findsItsOwnPlaceAmongTheNodesCgroups() {
    Path own = root.resolve(POD.substring(1) + "/cri-containerd-a.scope");
    CgroupNamespace namespace = namespace(own, INIT_OUTSIDE);

    assertThat(namespace.absolute("/")).isEqualTo(POD + "/cri-containerd-a.scope");
    assertThat(namespace.absolute("/sub")).isEqualTo(POD + "/cri-containerd-a.scope/sub");
    assertThat(namespace.absolute("/../cri-containerd-b.scope"))
        .isEqualTo(POD + "/cri-containerd-b.scope");
    assertThat(namespace.absolute("/../../kubepods-pod2.slice/x"))
        .isEqualTo("/kubepods.slice/kubepods-besteffort.slice/kubepods-pod2.slice/x");
    assertThat(namespace.absolute("/../../../../system.slice/kubelet.service"))
        .isEqualTo("/system.slice/kubelet.service");
    assertThat(namespace.absolute("/../../../..")).isEqualTo("/");
    assertThat(unread.list()).isEmpty();
  }

  @Test
  void saysWhichPathsItCannotPlace(@TempDir Path elsewhere) {
    CgroupNamespace namespace = namespace(elsewhere, INIT_OUTSIDE);

    assertThat(namespace.absolute("/../../x")).isEqualTo("/../../x");
    assertThat(namespace.absolute("/")).isEqualTo("/<the probe's namespace>");
    assertThat(namespace.absolute("/y")).isEqualTo("/<the probe's namespace>/y");
    assertThat(CgroupPath.parse(namespace.absolute("/")).kind()).isEqualTo(CgroupKind.OTHER);
    assertThat(unread.list()).hasSize(1);
    assertThat(unread.list().get(0).what()).isEqualTo("<cgroup> (4 cgroups)");
  }

  @Test
  void doesNotTakeItsOwnMountForTheNodes() {
    assertThat(namespace(root, INIT_OUTSIDE).absolute("/../x")).isEqualTo("/../x");
    assertThat(namespace(root.resolve("nowhere"), INIT_OUTSIDE).absolute("/../x"))
        .isEqualTo("/../x");
  }

  private CgroupNamespace namespace(Path own, String init) {
    return CgroupNamespace.of(CgroupFs.at(root, unread), own, Optional.of(init), unread);
  }
}
