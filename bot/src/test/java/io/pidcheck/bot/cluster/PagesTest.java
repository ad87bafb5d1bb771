package io.pidcheck.bot.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.pidcheck.bot.cluster.kubelet.KubeletAddress;
import io.pidcheck.bot.local.cluster.LocalCluster;
import io.pidcheck.bot.rig.ManyNodes;
import io.pidcheck.bot.rig.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Of a big cluster everything is read, and nothing of it at once. */
class PagesTest {
  private static final int NODES = 510; // more than any page

  private static LocalCluster cluster;
  private static List<String> names;

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void start() {
    cluster = LocalCluster.start(LocalCluster.Options.ofThisMachine(Map.of()));
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config()).build()) {
      names = new ArrayList<>(ManyNodes.create(client, NODES).names().toList());
    }
    names.add(cluster.nodeName());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void namesAllNodes() {
    try (KubernetesClient client = client()) {
      assertThat(new Nodes(client).names()).containsExactlyInAnyOrderElementsOf(names).isSorted();
    }
    assertThat(asked).hasSize(2).allMatch(PagesTest::isOfAPage);
  }

  @Test
  void findsAllKubelets() {
    try (KubernetesClient client = client()) {
      assertThat(new Nodes(client).kubelets())
          .extracting(KubeletAddress::node)
          .containsExactlyInAnyOrderElementsOf(names);
    }
    assertThat(asked).hasSize(2).allMatch(PagesTest::isOfAPage);
  }

  @Test
  void followsAllPodsOfADaemonSet() {
    DaemonSetRef calico =
        new DaemonSetRef(Optional.empty(), "k8s-app", "calico-node", "calico-node");
    try (KubernetesClient client = client();
        DaemonPods pods = DaemonPods.of(client, List.of(calico))) {
      pods.start(node -> {});
      await("all pods").atMost(Person.SOON).until(pods::synced);

      assertThat(pods.all()).extracting(DaemonPod::node).containsExactlyInAnyOrderElementsOf(names);
      for (String node : names) {
        assertThat(pods.on(node)).extracting(DaemonPod::node).containsExactly(node);
      }
      assertThat(pods.on("nobody")).isEmpty();
    }
    assertThat(asked).hasSize(3).allMatch(PagesTest::isOfAPage);
  }

  private static boolean isOfAPage(String query) {
    return query.matches(".*\\blimit=(250|500)\\b.*") && !query.contains("resourceVersion=");
  }

  private KubernetesClient client() {
    return new KubernetesClientBuilder()
        .withConfig(config())
        .withHttpClientBuilderConsumer(
            http -> http.addOrReplaceInterceptor("asked", new Asked(asked)))
        .build();
  }

  private static Config config() {
    return Config.fromKubeconfig(cluster.kubeconfig().toFile());
  }

  /** Notes the lists that are asked for, which are requests without a name that are no watch. */
  private record Asked(Queue<String> queries) implements Interceptor {
    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      String path = request.uri().getPath();
      String query = String.valueOf(request.uri().getQuery());
      if ((path.endsWith("/nodes") || path.endsWith("/pods")) && !query.contains("watch=true")) {
        queries.add(query);
      }
    }
  }
}
