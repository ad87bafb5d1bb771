package io.pidcheck.bot.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The furniture: the node, and the agent pod whose restarts the bot watches. */
class CalicoNodeTest {
  private static RunningCluster running;

  @BeforeAll
  static void start() {
    running = new RunningCluster();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void standsOnTheNodeLikeTheRealOne() {
    Pod pod = pods().getFirst();

    assertThat(pod.getMetadata().getName()).matches("calico-node-[a-z0-9]{5}");
    assertThat(pod.getSpec().getNodeName()).isEqualTo(running.cluster.nodeName());
    assertThat(pod.getSpec().getContainers().getFirst().getLivenessProbe().getExec().getCommand())
        .containsExactly("/bin/calico-node", "-felix-live", "-bird-live");
    assertThat(container(pod).getReady()).isTrue();
  }

  @Test
  void showsARestartStepByStep() throws Exception {
    int before = container(pods().getFirst()).getRestartCount();
    String name = pods().getFirst().getMetadata().getName();
    BlockingQueue<ContainerStatus> seen = new LinkedBlockingQueue<>();

    try (var _ = running.client.pods().inNamespace("kube-system").watch(recorder(seen))) {
      assertThat(seen.poll(10, TimeUnit.SECONDS).getRestartCount()).isEqualTo(before);
      running.cluster.restartCalico();

      ContainerStatus down = seen.poll(10, TimeUnit.SECONDS);
      ContainerStatus up = seen.poll(10, TimeUnit.SECONDS);
      assertThat(down.getRestartCount()).isEqualTo(before + 1);
      assertThat(down.getReady()).isFalse();
      assertThat(down.getLastState().getTerminated().getExitCode()).isEqualTo(137);
      assertThat(up.getReady()).isTrue();
      assertThat(up.getRestartCount()).isEqualTo(before + 1);
      assertThat(up.getLastState()).isEqualTo(down.getLastState());
    }
    assertThat(running.awaitEvent(name, "Killing").getMessage())
        .isEqualTo("Container calico-node failed liveness probe, will be restarted");
    assertThat(running.awaitEvent(name, "Unhealthy").getType()).isEqualTo("Warning");
  }

  @Test
  void isReplacedByARollout() {
    Pod before = pods().getFirst();

    running.cluster.rolloutCalico();

    assertThat(pods())
        .singleElement()
        .satisfies(pod -> assertThat(container(pod).getRestartCount()).isZero())
        .extracting(pod -> pod.getMetadata().getUid())
        .isNotEqualTo(before.getMetadata().getUid());
  }

  @Test
  void hasANodeThatSaysWhatItIs() throws IOException {
    Node node = running.client.nodes().withName(running.cluster.nodeName()).get();

    assertThat(node.getStatus().getNodeInfo().getKernelVersion())
        .isEqualTo(Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
    assertThat(node.getStatus().getNodeInfo().getContainerRuntimeVersion())
        .startsWith("pidcheck-local://");
    assertThat(node.getStatus().getConditions())
        .filteredOn(condition -> condition.getType().equals("Ready"))
        .singleElement()
        .satisfies(condition -> assertThat(condition.getStatus()).isEqualTo("True"));
    assertThat(node.getStatus().getCapacity()).containsKeys("cpu", "memory", "pods");
  }

  @Test
  void findsTheBotsNamespaceInPlace() {
    assertThat(running.client.getNamespace()).isEqualTo("pidcheck");
    assertThat(
            running
                .client
                .serviceAccounts()
                .inNamespace("pidcheck")
                .withName("pidcheck-probe")
                .get())
        .isNotNull();
  }

  private static List<Pod> pods() {
    return running
        .client
        .pods()
        .inNamespace("kube-system")
        .withLabel("k8s-app", "calico-node")
        .list()
        .getItems();
  }

  private static ContainerStatus container(Pod pod) {
    return pod.getStatus().getContainerStatuses().getFirst();
  }

  private static Watcher<Pod> recorder(BlockingQueue<ContainerStatus> seen) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, Pod pod) {
        seen.add(container(pod));
      }

      @Override
      public void onClose(WatcherException cause) {}
    };
  }
}
