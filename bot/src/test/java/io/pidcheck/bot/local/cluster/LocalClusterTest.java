package io.pidcheck.bot.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalClusterTest {

  @Test
  void leavesNeitherProcessesNorFilesBehind() {
    RunningCluster running = new RunningCluster();
    running.create(running.job("forever", "trap '' TERM; echo $$; while :; do sleep 900; done"));
    Pod pod = running.awaitRunning("forever");
    long pid = Long.parseLong(running.firstLine(pod));
    assertThat(RunningCluster.isRunning(pid)).isTrue();

    running.close();

    assertThat(RunningCluster.isRunning(pid)).isFalse();
    assertThat(running.cluster.kubeconfig().getParent()).doesNotExist();
  }

  @Test
  void keepsTwoClustersApart() {
    try (RunningCluster one = new RunningCluster();
        RunningCluster other = new RunningCluster()) {
      one.create(one.job("mine", "true"));
      one.awaitCondition("mine", "Complete");

      assertThat(other.client.batch().v1().jobs().inAnyNamespace().list().getItems()).isEmpty();
    }
  }

  @Test
  void refusesANodeNameThatKubernetesRefuses() {
    assertThatThrownBy(
            () -> new LocalCluster.Options("My_Host", "pidcheck", Map.of(), Clock.systemUTC()))
        .hasMessage("not a node name: My_Host");
  }

  @ParameterizedTest
  @CsvSource({
    "vm, vm",
    "Pauls-MacBook.local, pauls-macbook.local",
    "my_host, my-host",
    "-edge-.-case-, edge.case",
    "'', localhost",
    "___, localhost"
  })
  void makesANodeNameOfAnyHostName(String host, String node) {
    assertThat(NodeNames.of(host)).isEqualTo(node);
  }
}
