package io.pidcheck.bot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeRoomTest {

  private static final ProbePod PROBE =
      new ProbePod(
          "probe:1", Duration.ofSeconds(60), Duration.ofHours(1), "sa", "critical", "250m", "96Mi");
  private static final Map<String, Quantity> NODE =
      Map.of("cpu", new Quantity("2"), "memory", new Quantity("1Gi"), "pods", new Quantity("3"));

  @Test
  void requestsWhatIsFree() {
    assertThat(NodeRoom.of(NODE, List.of(pod("1750m", "928Mi")), PROBE))
        .isEqualTo(new NodeRoom(true, true));
  }

  @Test
  void requestsNothingThatTheKubeletWouldTakeFromOthers() {
    assertThat(NodeRoom.of(NODE, List.of(pod("1751m", "10Mi")), PROBE).forRequests()).isFalse();
    assertThat(NodeRoom.of(NODE, List.of(pod("10m", "929Mi")), PROBE).forRequests()).isFalse();
  }

  @Test
  void claimsNoPriorityWhereTheLastPodIsTaken() {
    Pod pod = pod("1m", "1Mi");
    assertThat(NodeRoom.of(NODE, Collections.nCopies(2, pod), PROBE).forPriority()).isTrue();
    assertThat(NodeRoom.of(NODE, Collections.nCopies(3, pod), PROBE).forPriority()).isFalse();
  }

  @Test
  void requestsNothingOfANodeThatDoesNotSayWhatItHas() {
    assertThat(NodeRoom.of(Map.of(), List.of(), PROBE)).isEqualTo(new NodeRoom(false, true));
  }

  private static Pod pod(String cpu, String memory) {
    return new PodBuilder()
        .withNewSpec()
        .addNewContainer()
        .withNewResources()
        .addToRequests("cpu", new Quantity(cpu))
        .addToRequests("memory", new Quantity(memory))
        .endResources()
        .endContainer()
        .endSpec()
        .build();
  }
}
