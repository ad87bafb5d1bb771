package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.local.cluster.explosion.ExplosionFailed;
import io.pidcheck.bot.local.cluster.fault.ClusterFault;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** What the kubelet alone tells, before, without and against the probe. */
@ResourceLock("machine")
class KubeletFiguresIT {

  private static final String HEAD = "By the kubelet’s own count";

  @Test
  void namesThePodWhileTheProbeCannotStartAndCompletesWhenItCan() throws ExplosionFailed {
    try (Rig rig = Rig.start().withBot()) {
      rig.cluster().explode(400);
      rig.cluster().inject(new ClusterFault.SandboxFails("fork/exec shim: not yet"));
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      JsonNode first = alex.reads("in container order-service");
      assertThat(Person.shown(first))
          .contains(HEAD)
          .contains("shop/order-service-")
          .contains("Deployment order-service")
          .contains("BestEffort")
          .containsPattern("4\\d\\d threads");
      assertThat(Person.shown(alex.reads("fork/exec shim: not yet"))).contains(HEAD);

      rig.cluster().clearFaults();
      JsonNode whole = alex.reads("Who holds them");
      assertThat(whole.path("ts")).isEqualTo(first.path("ts"));
    }
  }

  @Test
  void doesNotTakeTheLastPidsUnlessItIsTold() {
    try (Rig rig = Rig.start().withBot(Map.of("PIDCHECK_PROBE_LEAST_FREE_PIDS", "90000"));
        KubernetesClient kubernetes = rig.kubernetes()) {
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("was not started"))).contains(HEAD).contains("force");
      assertThat(kubernetes.batch().v1().jobs().inNamespace("pidcheck").list().getItems())
          .isEmpty();

      alex.say("/pidcheck node " + rig.node() + " force");
      alex.reads("Who holds them");
    }
  }

  @Test
  void startsTheProbeFromTheButtonOnceAndInTheSameMessage() {
    try (Rig rig = Rig.start().withBot(Map.of("PIDCHECK_PROBE_LEAST_FREE_PIDS", "90000"));
        KubernetesClient kubernetes = rig.kubernetes()) {
      Person liWei = rig.person(1);
      liWei.say("/pidcheck node " + rig.node());
      JsonNode held = liWei.reads("没有启动探针");
      JsonNode button = Person.button(held, "仍要采集");
      assertThat(button.at("/confirm/text/text").asString())
          .containsPattern("约需 30 个 PID，而现在只剩 [\\d,]+ 个");
      rig.cluster().inject(new ClusterFault.SandboxFails("held"));
      liWei.presses(held, "probe-anyway");
      JsonNode underway = liWei.reads("held");
      assertThat(underway.path("ts")).isEqualTo(held.path("ts"));
      assertThat(Person.buttons(underway)).isEmpty();
      rig.cluster().clearFaults();
      assertThat(liWei.reads("谁占了 PID").path("ts")).isEqualTo(held.path("ts"));
      assertThat(kubernetes.batch().v1().jobs().inNamespace("pidcheck").list().getItems())
          .hasSize(1);
    }
  }

  @Test
  void startsItOnceHoweverManyPressAtOnce() {
    try (Rig rig = Rig.start().withBot(Map.of("PIDCHECK_PROBE_LEAST_FREE_PIDS", "90000"));
        KubernetesClient kubernetes = rig.kubernetes()) {
      Person alex = rig.person(0);
      Person liWei = rig.person(1);
      alex.say("/pidcheck node " + rig.node());
      JsonNode held = alex.reads("was not started");
      CompletableFuture<?> first =
          CompletableFuture.runAsync(() -> alex.presses(held, "probe-anyway"));
      CompletableFuture<?> second =
          CompletableFuture.runAsync(() -> liWei.presses(held, "probe-anyway"));
      CompletableFuture.allOf(first, second).join();
      alex.sees("the answer", it -> Person.shown(it).matches("(?s).*(Who holds them|谁占了 PID).*"));
      assertThat(kubernetes.batch().v1().jobs().inNamespace("pidcheck").list().getItems())
          .hasSize(1);
      assertThat(alex.replies()).hasSizeLessThanOrEqualTo(3); // one place for details, and files
    }
  }

  @Test
  void startsItForNobodyWhoMayNotLook() {
    try (Rig rig = Rig.start();
        KubernetesClient kubernetes = rig.kubernetes()) {
      rig.withBot(
          Map.of(
              "PIDCHECK_PROBE_LEAST_FREE_PIDS",
              "90000",
              "PIDCHECK_RIGHTS_LOOK",
              rig.person(0).id()));
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      JsonNode held = alex.reads("was not started");
      Person liWei = rig.person(1);
      liWei.presses(held, "probe-anyway");
      liWei.reads("没有查询节点的权限");
      assertThat(kubernetes.batch().v1().jobs().inNamespace("pidcheck").list().getItems())
          .isEmpty();
    }
  }

  @Test
  void saysWhichRightIsMissingAndAnswersAllTheSame() {
    try (Rig rig = Rig.start().withBot()) {
      rig.cluster().inject(new ClusterFault.FiguresUnavailable(403, "Forbidden"));
      rig.cluster().inject(new ClusterFault.SandboxFails("held"));
      Person liWei = rig.person(1);
      liWei.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(liWei.reads("nodes/stats")))
          .contains("nodes/metrics")
          .contains("403");
      rig.cluster().clearFaults();
      liWei.reads("谁占了 PID");
    }
  }

  @Test
  void listsAllNodesAPageAtATimeTheUnheardWithTheirReason() {
    try (Rig rig = Rig.start().withBot();
        KubernetesClient kubernetes = rig.kubernetes()) {
      for (int i = 10; i < 34; i++) {
        kubernetes.nodes().resource(silent("worker-" + i)).create();
      }
      Person alex = rig.person(0);
      alex.say("/pidcheck nodes");
      JsonNode first = alex.reads("25 nodes by PIDs in use");
      assertThat(Person.shown(first))
          .contains("24 not heard")
          .contains("worker-10 nobody answers")
          .contains("Page 1 of 2")
          .doesNotContain("worker-30 ");
      alex.presses(first, "nodes-page-next");
      assertThat(Person.shown(alex.reads("Page 2 of 2")))
          .contains("worker-30 ")
          .containsPattern(rig.node() + " .* in use");
    }
  }

  private static Node silent(String name) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .withNewStatus()
        .addNewAddress("127.0.0.1", "InternalIP")
        .withNewDaemonEndpoints()
        .withNewKubeletEndpoint(1) // nobody listens there
        .endDaemonEndpoints()
        .endStatus()
        .build();
  }
}
