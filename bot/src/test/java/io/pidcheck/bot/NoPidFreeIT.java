package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.rig.FullNode;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.RealCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A real node without a free PID: who did it is told all the same, and at once. Needs what {@link
 * ExhaustedNodeIT} needs.
 */
@Tag("cluster")
class NoPidFreeIT {

  private static final Duration PROMISED = Duration.ofSeconds(2);
  private static final KubernetesClient ADMIN =
      new KubernetesClientBuilder().withConfig(Config.autoConfigure(null)).build();

  private String node = "";

  @BeforeEach
  void exhaust() {
    assumeThat(FullNode.canLeaveFree())
        .as("$PIDCHECK_LEAVE_FREE, to exhaust the node with")
        .isTrue();
    node = ADMIN.nodes().list().getItems().getFirst().getMetadata().getName();
    FullNode.leaveFree("0");
    FullNode.awaitCounted(ADMIN, node);
  }

  @AfterEach
  void relieve() {
    if (FullNode.canLeaveFree()) {
      FullNode.leaveFree("all");
    }
  }

  @AfterAll
  static void stop() {
    ADMIN.close();
  }

  @Test
  void namesThePodInTwoSecondsAndHoldsTheProbeBack() {
    try (RealCluster rig = RealCluster.start(Map.of("PIDCHECK_PROBE_LEAST_FREE_PIDS", "60"))) {
      Person alex = rig.person(0);
      Instant asked = Instant.now();
      alex.say("/pidcheck node " + node);
      String told = Person.shown(alex.reads("was not started"));
      assertThat(Duration.between(asked, Instant.now())).isLessThan(PROMISED);
      assertWhoDidIt(told);
    }
  }

  @Test
  void namesThePodAlsoOnceTheContainerRuntimeIsDead() {
    FullNode.killRuntime();
    try (RealCluster rig = RealCluster.start(Map.of("PIDCHECK_PROBE_LEAST_FREE_PIDS", "60"))) {
      Person alex = rig.person(0);
      Instant asked = Instant.now();
      alex.say("/pidcheck node " + node);
      String told = Person.shown(alex.reads("was not started"));
      System.out.println("told after " + Duration.between(asked, Instant.now()) + "\n" + told);
      assertThat(FullNode.runtime()).as("it is dead while it is asked").isEmpty();
      assertWhoDidIt(told);
    }
  }

  @Test
  void saysWhyTheProbeCannotStartWhereItIsToldToTry() {
    try (RealCluster rig = RealCluster.start(Map.of("PIDCHECK_PROBE_DEADLINE", "20s"))) {
      Person alex = rig.person(0);
      Instant asked = Instant.now();
      alex.say("/pidcheck node " + node + " force");
      String first = Person.shown(alex.reads("in container order-service"));
      assertThat(Duration.between(asked, Instant.now())).isLessThan(PROMISED);
      assertWhoDidIt(first);
      assertThat(Person.shown(alex.patientlyReads("could not start the probe")))
          .containsIgnoringCase("resource temporarily unavailable")
          .contains("in container order-service");
    }
  }

  private static void assertWhoDidIt(String told) {
    assertThat(told)
        .containsPattern("3,\\d\\d\\d threads \\(\\d+\\.\\d%\\) in container order-service")
        .contains("shop/order-service-")
        .contains("Deployment order-service")
        .contains("of 4,096");
  }
}
