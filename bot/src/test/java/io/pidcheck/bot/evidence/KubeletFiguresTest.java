package io.pidcheck.bot.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.cluster.kubelet.CgroupTasks;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Lack;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.NotTold;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Told;
import io.pidcheck.bot.cluster.kubelet.NodeTasks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a kubelet's figures leave for a pod, where the node itself was not counted. */
class KubeletFiguresTest {

  private static final Instant NOW = Instant.parse("2026-11-28T14:54:00Z");

  // what a kubelet told at no free PID, its container runtime dead
  private static final List<CgroupTasks> FULL =
      List.of(
          cgroup("/kubepods", "", 3_758, OptionalLong.of(4_096)),
          cgroup("/kubepods/podx/1", "order-service", 3_744, OptionalLong.empty()));

  @Test
  void takesIdsThatTheKernelHoldsBackForNoRoomAlsoOnceTheContainerRuntimeIsDead() {
    KubeletFigures figures =
        figures(new NotTold<>(Lack.ERROR, "HTTP 500: containerd.sock: connection refused"));
    assertThat(figures.freeAtMost()).hasValue(338);
    assertThat(figures.freeForPod()).hasValue(38);
  }

  @Test
  void countsThemOnceWhereTheCeilingOfTheNodeIsTold() {
    KubeletFigures figures =
        figures(new NotTold<>(Lack.OTHERS_COUNTED, "4279 > 4096", OptionalLong.of(4_096)));
    assertThat(figures.freeForPod()).hasValue(38);
  }

  @Test
  void claimsNothingWhereNothingIsKnown() {
    KubeletFigures figures =
        new KubeletFigures(
            new NotTold<>(Lack.ERROR, ""), new NotTold<>(Lack.SILENT, ""), Map.of(), NOW);
    assertThat(figures.freeForPod()).isEmpty();
  }

  private static KubeletFigures figures(NotTold<NodeTasks> node) {
    return new KubeletFigures(node, new Told<>(FULL), Map.of(), NOW);
  }

  private static CgroupTasks cgroup(String id, String container, long threads, OptionalLong limit) {
    return new CgroupTasks(id, "", "", container, threads, 0, limit, Optional.of(NOW));
  }
}
