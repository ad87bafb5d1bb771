package io.pidcheck.bot.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.cluster.kubelet.KubeletAccess;
import io.pidcheck.bot.cluster.kubelet.KubeletAccess.Via;
import io.pidcheck.bot.cluster.kubelet.Kubelets;
import io.pidcheck.bot.local.cluster.LocalCluster;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SurroundingsReaderTest {

  private static final int MANY = 260;
  private static final Instant FIRST = Instant.parse("2026-11-01T10:00:00Z");

  @Test
  void keepsTheNewestOfTooManyEventsWhateverTheirNames() {
    try (LocalCluster cluster = LocalCluster.start(LocalCluster.Options.ofThisMachine(Map.of()));
        KubernetesClient client = client(cluster)) {
      for (int i = 0; i < MANY; i++) {
        client.v1().events().inNamespace("default").resource(event(cluster.nodeName(), i)).create();
      }
      Surroundings around =
          new SurroundingsReader(client, figures(client), Clock.systemUTC())
              .read(cluster.nodeName(), Set.of());
      assertThat(around.missing()).isEmpty();
      assertThat(around.events().stream().filter(event -> event.reason().equals("Filling")))
          .hasSizeBetween(1, MANY - 1)
          .anyMatch(event -> event.message().equals("event " + (MANY - 1)))
          .noneMatch(event -> event.message().equals("event 0"));
    }
  }

  /**
   * The later it happened, the later its name sorts: that is the order in which they are listed.
   */
  private static Event event(String node, int number) {
    return new EventBuilder()
        .withNewMetadata()
        .withName("event-%04d".formatted(number))
        .endMetadata()
        .withType("Warning")
        .withReason("Filling")
        .withMessage("event " + number)
        .withCount(1)
        .withFirstTimestamp(FIRST.plusSeconds(number).toString())
        .withLastTimestamp(FIRST.plusSeconds(number).toString())
        .withNewInvolvedObject()
        .withKind("Node")
        .withName(node)
        .endInvolvedObject()
        .build();
  }

  private static KubernetesClient client(LocalCluster cluster) {
    Config config = Config.fromKubeconfig(cluster.kubeconfig().toFile());
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static FiguresReader figures(KubernetesClient client) {
    KubeletAccess off = new KubeletAccess(Via.OFF, Optional.empty(), Duration.ofSeconds(1), 1);
    return new FiguresReader(
        client, new Kubelets(client, off, Clock.systemUTC()), Runnable::run, Clock.systemUTC());
  }
}
