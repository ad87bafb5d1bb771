package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.RealCluster;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real kubelet, asked by way of the API server: with the right for it, and without. */
@Tag("cluster")
class KubeletProxyIT {

  private static final String RIGHT = "../deploy/overlays/kubelet-proxy/rbac.yaml";
  private static final KubernetesClient ADMIN =
      new KubernetesClientBuilder().withConfig(Config.autoConfigure(null)).build();

  private final String node = ADMIN.nodes().list().getItems().getFirst().getMetadata().getName();

  @BeforeEach
  void take() {
    kubectl("delete", "--ignore-not-found", "-f", RIGHT);
  }

  @AfterEach
  void takeAgain() {
    kubectl("delete", "--ignore-not-found", "-f", RIGHT);
  }

  @Test
  void tellsTheFiguresWithTheRightOfTheOverlay() {
    kubectl("apply", "-f", RIGHT);
    try (RealCluster rig = RealCluster.start(Map.of("PIDCHECK_KUBELET_VIA", "proxy"))) {
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + node);
      assertThat(Person.shown(alex.reads("in container calico-node")))
          .contains("By the kubelet’s own count")
          .contains("DaemonSet calico-node")
          .containsPattern("of \\d[\\d,]+");
      alex.reads("Read at");
      alex.say("/pidcheck nodes");
      assertThat(Person.shown(alex.reads("by PIDs in use"))).contains(node);
    }
  }

  @Test
  void namesTheRightWhereItIsMissingAndAnswersAllTheSame() {
    try (RealCluster rig = RealCluster.start(Map.of("PIDCHECK_KUBELET_VIA", "proxy"))) {
      Person alex = rig.person(0);
      alex.say("/pidcheck nodes");
      assertThat(Person.shown(alex.reads("1 not heard"))).contains("nodes/proxy").contains("403");
      alex.say("/pidcheck node " + node);
      alex.reads("Read at");
    }
  }

  private static void kubectl(String... arguments) {
    List<String> command =
        Stream.concat(
                Stream.of(System.getenv().getOrDefault("KUBECTL", "kubectl")), Stream.of(arguments))
            .toList();
    try {
      int code =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start()
              .waitFor();
      assertThat(code).as(command.toString()).isZero();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
