package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.rig.FullNode;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.RealCluster;
import io.pidcheck.bot.rig.StandingBy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A real node without a free PID, on which a standby probe runs that may look and not act. Needs
 * {@code deploy/standby} applied, and not standby-act; and {@code $TESTBED}, which see {@link
 * ClusterRemedyIT}.
 */
@Tag("cluster")
class NoPidFreeLookOnlyIT {

  private static final Duration DIAGNOSED = Duration.ofSeconds(10);
  private static final Duration NOT_WAITED_FOR = Duration.ofSeconds(20);

  private final KubernetesClient admin =
      new KubernetesClientBuilder().withConfig(Config.autoConfigure(null)).build();
  private String node = "";

  private RealCluster rig;

  /** Full it becomes last: the container runtime may die at any moment then. */
  @BeforeEach
  void fillTheNode() {
    assumeThat(FullNode.hasTestbed()).as("$TESTBED, to fill a node with").isTrue();
    node = admin.nodes().list().getItems().getFirst().getMetadata().getName();
    List<Pod> standbys = FullNode.standbys(admin);
    assumeThat(!standbys.isEmpty() && standbys.stream().noneMatch(FullNode::acts))
        .as("deploy/standby is applied, and not standby-act")
        .isTrue();
    rig =
        RealCluster.start(
            Map.of("PIDCHECK_PROBE_LEAST_FREE_PIDS", "60", "PIDCHECK_REMEDY_DEADLINE", "30s"));
    FullNode.testbed("explode", "2000");
  }

  @AfterEach
  void emptyTheNode() {
    if (FullNode.hasTestbed()) {
      FullNode.testbed("relieve");
      rig.close();
    }
    admin.close();
  }

  @Test
  void diagnosesInFullAndSaysThatItMayOnlyLook() {
    FullNode.testbed("free", "0");
    String told = Person.shown(diagnosis(rig.person(0)));
    assertThat(told).contains("dotnet").contains("Kill dotnet");
    assertThat(told).contains("may only look. What the buttons do needs a pod");
  }

  @Test
  void saysOfAKillFromTheButtonThatItWasNotDoneAndWhy() {
    Person alex = rig.person(0);
    JsonNode diagnosis = diagnosis(alex);
    FullNode.testbed("free", "0");
    Instant clicked = Instant.now();
    alex.clicks(diagnosis, Person.button(diagnosis, "Kill "));
    JsonNode ended =
        alex.sees(
            "that nothing was done",
            message ->
                message.path("ts").equals(diagnosis.path("ts"))
                    && Person.shown(message).contains("Nothing was done"),
            Duration.ofSeconds(100));
    System.out.println("told after " + Duration.between(clicked, Instant.now()));
    System.out.println(Person.shown(ended));
    assertThat(Person.shown(ended)).contains("may only look; a pod was created instead");
  }

  /** Its word is in its log alone, which is read through the runtime. */
  @Test
  void isNotWaitedForOnceTheContainerRuntimeIsDead() {
    FullNode.testbed("free", "0");
    FullNode.awaitCounted(admin, node);
    FullNode.killRuntime();
    Person alex = rig.person(0);
    Instant asked = Instant.now();
    alex.say("/pidcheck node " + node);
    JsonNode told = alex.reads("too few PIDs for another probe");
    Duration took = Duration.between(asked, Instant.now());
    System.out.println("told after " + took + "\n" + Person.shown(told));
    assertThat(FullNode.runtime()).as("it is dead while it is asked").isEmpty();
    assertThat(took).isLessThan(NOT_WAITED_FOR);
    assertThat(Person.shown(told)).contains("in container order-service");
  }

  private JsonNode diagnosis(Person person) {
    Instant asked = Instant.now();
    person.say("/pidcheck node " + node);
    JsonNode told = person.reads(StandingBy.SAYS);
    Duration took = Duration.between(asked, Instant.now());
    System.out.println("diagnosis after " + took + "\n" + Person.shown(told));
    assertThat(took).isLessThan(DIAGNOSED);
    return told;
  }
}
