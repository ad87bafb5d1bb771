package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.rig.CalicoNode;
import io.pidcheck.bot.rig.FullNode;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.RealCluster;
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
 * A real node without a free PID, on which a standby probe was started while it was well: seen and
 * cured from the page. Needs {@code deploy/standby-act} applied, and {@code $TESTBED}, which see
 * {@link ClusterRemedyIT}.
 */
@Tag("cluster")
class NoPidFreeStandbyIT {

  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String PID_MAX = "/proc/sys/kernel/pid_max";
  private static final Duration DIAGNOSED = Duration.ofSeconds(10);

  private final KubernetesClient admin =
      new KubernetesClientBuilder().withConfig(Config.autoConfigure(null)).build();
  private String node = "";
  private String pidMax = "";

  @BeforeEach
  void fillTheNode() {
    assumeThat(FullNode.hasTestbed()).as("$TESTBED, to fill a node with").isTrue();
    node = admin.nodes().list().getItems().getFirst().getMetadata().getName();
    assumeThat(standbys()).as("deploy/standby-act is applied and its pods run").isNotEmpty();
    pidMax = FullNode.text(PID_MAX); // reading it takes a process
    FullNode.testbed("explode", "2000");
    FullNode.testbed("free", "0");
  }

  @AfterEach
  void emptyTheNode() {
    if (FullNode.hasTestbed()) {
      FullNode.testbed("relieve");
    }
    admin.close();
  }

  @Test
  void diagnosesAndKillsFromThePage() {
    try (RealCluster rig = RealCluster.start(Map.of("PIDCHECK_PROBE_LEAST_FREE_PIDS", "60"))) {
      Person alex = rig.person(0);
      JsonNode diagnosis = diagnosis(alex);
      assertThat(Person.shown(diagnosis)).contains("dotnet").contains("order-service");
      Instant clicked = Instant.now();
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill "));
      JsonNode ended = outcome(alex, diagnosis, "Before:");
      System.out.println("outcome after " + Duration.between(clicked, Instant.now()));
      System.out.println(Person.shown(ended));
      assertThat(Person.shown(ended)).contains("by <@" + alex.id() + ">");
      recovers(alex, clicked);
    }
  }

  /** As it dies by itself there, sooner or later; its log, and so the pods', is gone with it. */
  @Test
  void diagnosesAndKillsFromThePageWithADeadContainerRuntime() {
    FullNode.killRuntime();
    try (RealCluster rig = RealCluster.start(Map.of("PIDCHECK_PROBE_LEAST_FREE_PIDS", "60"))) {
      Person alex = rig.person(0);
      JsonNode diagnosis = diagnosis(alex);
      assertThat(Person.shown(diagnosis)).contains("dotnet").contains("order-service");
      assertThat(FullNode.runtime()).as("it is dead while it is asked").isEmpty();
      Instant clicked = Instant.now();
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill "));
      JsonNode ended = outcome(alex, diagnosis, "Before:");
      System.out.println("outcome after " + Duration.between(clicked, Instant.now()));
      System.out.println(Person.shown(ended));
      recovers(alex, clicked);
    }
  }

  @Test
  void raisesFromThePageAndGivesBack() {
    try (RealCluster rig = RealCluster.start(Map.of("PIDCHECK_PROBE_LEAST_FREE_PIDS", "60"))) {
      Person alex = rig.person(0);
      JsonNode diagnosis = diagnosis(alex);
      Instant clicked = Instant.now();
      alex.clicks(diagnosis, Person.button(diagnosis, "Raise pid_max to"));
      JsonNode ended = outcome(alex, diagnosis, "read back");
      System.out.println("outcome after " + Duration.between(clicked, Instant.now()));
      System.out.println(Person.shown(ended));
      String raised = Long.toString(4 * Long.parseLong(pidMax));
      // the leak has taken the new ones too; to read takes a process, and what is in use is not
      // given back
      FullNode.testbed("relieve");
      await("the node has it").atMost(SOON).until(() -> FullNode.text(PID_MAX).equals(raised));
      recovers(alex, clicked);
      alex.clicks(ended, Person.button(ended, "Undo"));
      await("given back").atMost(SOON).until(() -> FullNode.text(PID_MAX).equals(pidMax));
    }
  }

  private JsonNode diagnosis(Person person) {
    Instant asked = Instant.now();
    person.say("/pidcheck node " + node);
    JsonNode diagnosis =
        person.sees("a diagnosis with buttons", message -> Person.buttons(message).size() > 1);
    Duration took = Duration.between(asked, Instant.now());
    System.out.println("diagnosis after " + took + "\n" + Person.shown(diagnosis));
    assertThat(Person.shown(diagnosis)).contains("Read by the standby probe");
    assertThat(took).isLessThan(DIAGNOSED);
    return diagnosis;
  }

  private static JsonNode outcome(Person person, JsonNode diagnosis, String words) {
    return person.sees(
        "the outcome",
        message ->
            message.path("ts").equals(diagnosis.path("ts"))
                && Person.shown(message).contains(words)
                && Person.shown(message).contains("by <@" + person.id() + ">"));
  }

  private void recovers(Person person, Instant clicked) {
    await("calico-node is Ready").atMost(SOON).until(new CalicoNode(admin)::ready);
    System.out.println("calico-node Ready after " + Duration.between(clicked, Instant.now()));
    person.sees(
        "a word on calico-node",
        message ->
            Person.shown(message).contains("calico-node is Ready")
                || Person.shown(message).contains("calico-node: Ready again"));
  }

  private List<Pod> standbys() {
    return FullNode.standbys(admin).stream()
        .filter(FullNode::acts)
        .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
        .toList();
  }
}
