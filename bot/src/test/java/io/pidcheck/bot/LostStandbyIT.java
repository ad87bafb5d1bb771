package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.rig.FullNode;
import io.pidcheck.bot.rig.Kubectl;
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
 * A standby probe of a real node that was killed, or that never was there: found out and told, and
 * not waited for. Needs what {@link NoPidFreeStandbyIT} needs.
 */
@Tag("cluster")
class LostStandbyIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration NOT_WAITED_FOR = Duration.ofSeconds(12);
  private static final Duration AT_ONCE = Duration.ofSeconds(3);
  private static final String NO_PID_FREE = "too few PIDs for another probe|probe was not started";

  private final KubernetesClient admin =
      new KubernetesClientBuilder().withConfig(Config.autoConfigure(null)).build();
  private String node = "";
  private RealCluster rig;

  @BeforeEach
  void start() {
    assumeThat(FullNode.hasTestbed()).as("$TESTBED, to fill a node with").isTrue();
    node = admin.nodes().list().getItems().getFirst().getMetadata().getName();
    assumeThat(standbys()).as("deploy/standby-act is applied").isNotEmpty();
    await("it runs").atMost(PATIENCE).until(() -> FullNode.standby().isPresent());
    rig = RealCluster.start(Map.of("PIDCHECK_PROBE_LEAST_FREE_PIDS", "60"));
  }

  @AfterEach
  void stop() {
    if (FullNode.hasTestbed()) {
      FullNode.testbed("relieve");
      rig.close();
    }
    admin.close();
  }

  @Test
  void answersAgainSoonAfterKillDashNine() {
    Person alex = rig.person(0);
    ProcessHandle killed = FullNode.standby().orElseThrow();
    killed.destroyForcibly();
    JsonNode first = ask(alex, "Read at");
    System.out.println("right after kill -9: " + Person.shown(first));
    await("the kubelet started another")
        .atMost(PATIENCE)
        .until(() -> FullNode.standby().filter(it -> it.pid() != killed.pid()).isPresent());
    await("and has said so")
        .atMost(PATIENCE)
        .until(() -> Person.shown(ask(alex, "Read at")).contains(StandingBy.SAYS));
  }

  @Test
  void isToldToBeGoneAfterKillDashNineWhereNothingCanBeStarted() {
    Person alex = rig.person(0);
    FullNode.testbed("explode", "2000");
    FullNode.testbed("free", "0");
    FullNode.standby().orElseThrow().destroyForcibly();
    Instant asked = Instant.now();
    String told = Person.shown(ask(alex, NO_PID_FREE));
    Duration took = Duration.between(asked, Instant.now());
    System.out.println("without a PID, told after " + took + "\n" + told);
    assertThat(took).isLessThan(NOT_WAITED_FOR);
    assertThat(told).contains("in container order-service").contains("standby probe");
  }

  /** Its DaemonSet is bound to another node, which has no machine behind it. */
  @Test
  void isToldToBeMissingOnANodeWithoutOne() {
    Person alex = rig.person(0);
    Node other =
        new NodeBuilder()
            .withNewMetadata()
            .withName("zz-other")
            .addToLabels("kubernetes.io/os", "linux")
            .addToLabels("pidcheck.io/test", "other")
            .endMetadata()
            .build();
    admin.resource(other).create();
    try {
      bind("\"pidcheck.io/test\":\"other\"");
      await("it is wanted there alone")
          .atMost(PATIENCE)
          .until(() -> standbys().size() == 1 && standbys().stream().noneMatch(this::isHere));
      FullNode.testbed("explode", "2000");
      FullNode.testbed("free", "0");
      Instant asked = Instant.now();
      String told = Person.shown(ask(alex, "the probe was not started"));
      Duration took = Duration.between(asked, Instant.now());
      System.out.println("no standby probe, told after " + took + "\n" + told);
      assertThat(told).contains("This node has no standby probe, though others have one.");
      assertThat(took).isLessThan(AT_ONCE);
    } finally {
      FullNode.testbed("relieve");
      bind("\"pidcheck.io/test\":null");
      admin.resource(other).delete();
    }
  }

  private void bind(String selector) {
    Kubectl.run(
        "-n",
        "pidcheck",
        "patch",
        "daemonset/pidcheck-standby",
        "-p",
        "{\"spec\":{\"template\":{\"spec\":{\"nodeSelector\":{" + selector + "}}}}}");
  }

  /** The answer to a new question, once it shows one of these words. */
  private JsonNode ask(Person person, String words) {
    List<JsonNode> earlier = person.messages().stream().map(message -> message.path("ts")).toList();
    person.say("/pidcheck node " + node);
    return person.sees(
        words,
        message ->
            !earlier.contains(message.path("ts"))
                && !Person.isReply(message)
                && Person.shown(message).matches("(?s).*(" + words + ").*"),
        PATIENCE);
  }

  private boolean isHere(Pod pod) {
    return node.equals(pod.getSpec().getNodeName());
  }

  private List<Pod> standbys() {
    return FullNode.standbys(admin).stream().filter(FullNode::acts).toList();
  }
}
