package io.pidcheck.bot.cluster.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.cluster.PodRef.Workload;
import io.pidcheck.bot.cluster.Workloads;
import io.pidcheck.bot.cluster.kubelet.KubeletAccess.Via;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Lack;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.NotTold;
import io.pidcheck.bot.local.cluster.LocalCluster;
import io.pidcheck.bot.local.cluster.fault.ClusterFault;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The local kubelet's figures, through the bot's own client and over HTTPS. */
@ResourceLock("machine")
class LocalKubeletTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void namesThePodOfAnExplodingService() throws Exception {
    try (LocalCluster cluster = start();
        KubernetesClient client = client(cluster)) {
      Kubelets kubelets = kubelets(client);
      cluster.explode(300);
      KubeletAddress address = address(client, cluster);

      CgroupTasks most = biggest(kubelets, address);
      assertThat(most.container()).isEqualTo("order-service");
      assertThat(most.threads()).isBetween(300L, 330L);
      assertThat(most.processes()).isEqualTo(1);
      Pod pod = client.pods().inNamespace("shop").withName(most.pod()).get();
      assertThat(most.podUid()).contains(pod.getMetadata().getUid());
      assertThat(new Workloads(client).topmost(pod).workload())
          .contains(new Workload("Deployment", "order-service"));

      NodeTasks node = kubelets.tasks(address).told().orElseThrow();
      assertThat(node.tasks()).isGreaterThan(300);
      assertThat(node.maxPid()).isGreaterThan(node.tasks());
    }
  }

  @Test
  void startsTheServiceAgainWhenItIsKilledAndReplacesItsPodWhenThatIsDeleted() throws Exception {
    try (LocalCluster cluster = start();
        KubernetesClient client = client(cluster)) {
      Kubelets kubelets = kubelets(client);
      cluster.explode(50);
      Pod pod = client.pods().inNamespace("shop").list().getItems().getFirst();
      String name = pod.getMetadata().getName();
      exploding().destroyForcibly();
      await()
          .atMost(SOON)
          .until(() -> restarts(client.pods().inNamespace("shop").withName(name).get()) == 1);
      await().atMost(SOON).until(() -> biggest(kubelets, address(client, cluster)).threads() >= 50);

      client.pods().inNamespace("shop").withName(name).delete();
      await()
          .atMost(SOON)
          .until(
              () ->
                  client.pods().inNamespace("shop").list().getItems().stream()
                      .anyMatch(
                          next ->
                              !next.getMetadata().getName().equals(name)
                                  && "Running".equals(next.getStatus().getPhase())));
    }
  }

  @Test
  void saysWhatTheKubeletSaysInsteadOfItsFigures() {
    try (LocalCluster cluster = start();
        KubernetesClient client = client(cluster)) {
      Kubelets kubelets = kubelets(client);
      cluster.inject(new ClusterFault.FiguresUnavailable(500, "failed to get imageFs stats"));
      assertThat(kubelets.tasks(address(client, cluster)))
          .isEqualTo(new NotTold<>(Lack.ERROR, "HTTP 500 failed to get imageFs stats"));
    }
  }

  private static ProcessHandle exploding() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").contains("java"))
        .filter(
            process ->
                String.join(" ", process.info().arguments().orElse(new String[0]))
                    .contains("Orders.dll"))
        .findFirst()
        .orElseThrow();
  }

  private static int restarts(Pod pod) {
    return pod.getStatus().getContainerStatuses().getFirst().getRestartCount();
  }

  private static CgroupTasks biggest(Kubelets kubelets, KubeletAddress address) {
    List<CgroupTasks> cgroups = kubelets.cgroups(address).told().orElse(List.of());
    return cgroups.stream()
        .max(java.util.Comparator.comparingLong(CgroupTasks::threads))
        .orElse(
            new CgroupTasks(
                "", "", "", "", 0, 0, java.util.OptionalLong.empty(), Optional.empty()));
  }

  private static LocalCluster start() {
    return LocalCluster.start(LocalCluster.Options.ofThisMachine(Map.of()));
  }

  private static KubeletAddress address(KubernetesClient client, LocalCluster cluster) {
    return KubeletAddress.of(client.nodes().withName(cluster.nodeName()).get());
  }

  private static Kubelets kubelets(KubernetesClient client) {
    return new Kubelets(
        client,
        new KubeletAccess(Via.DIRECT, Optional.empty(), Duration.ofSeconds(5), 8),
        Clock.systemUTC());
  }

  private static KubernetesClient client(LocalCluster cluster) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(cluster.kubeconfig().toFile()))
        .build();
  }
}
