package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.RealCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
  private static final Duration DIAGNOSED = Duration.ofSeconds(10);

  private final KubernetesClient admin =
      new KubernetesClientBuilder().withConfig(Config.autoConfigure(null)).build();
  private String node = "";
  private String pidMax = "";

  @BeforeEach
  void fillTheNode() {
    assumeThat(System.getenv("TESTBED")).as("$TESTBED, to fill a node with").isNotNull();
    node = admin.nodes().list().getItems().getFirst().getMetadata().getName();
    assumeThat(standbys()).as("deploy/standby-act is applied and its pods run").isNotEmpty();
    pidMax = pidMax(); // reading it takes a process
    testbed("explode", "2000");
    testbed("free", "0");
  }

  @AfterEach
  void emptyTheNode() {
    if (System.getenv("TESTBED") != null) {
      testbed("relieve");
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
      testbed("relieve");
      await("the node has it").atMost(SOON).until(() -> pidMax().equals(raised));
      recovers(alex, clicked);
      alex.clicks(ended, Person.button(ended, "Undo"));
      await("given back").atMost(SOON).until(() -> pidMax().equals(pidMax));
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
    await("calico-node is Ready").atMost(SOON).until(this::calicoReady);
    System.out.println("calico-node Ready after " + Duration.between(clicked, Instant.now()));
    person.sees(
        "a word on calico-node",
        message ->
            Person.shown(message).contains("calico-node is Ready")
                || Person.shown(message).contains("calico-node: Ready again"));
  }

  private List<Pod> standbys() {
    return admin
        .pods()
        .inNamespace("pidcheck")
        .withLabel("pidcheck.io/standby-acts", "true")
        .list()
        .getItems()
        .stream()
        .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
        .toList();
  }

  private boolean calicoReady() {
    return admin
        .pods()
        .inNamespace("kube-system")
        .withLabel("k8s-app", "calico-node")
        .list()
        .getItems()
        .stream()
        .flatMap(pod -> pod.getStatus().getConditions().stream())
        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  // Linux 6.14: pid_max is that of the reader's PID namespace, so the reader has to be in the
  // node's
  private static String pidMax() {
    long kubelet =
        ProcessHandle.allProcesses()
            .filter(
                process ->
                    process.info().command().map(name -> name.endsWith("/kubelet")).orElse(false))
            .findFirst()
            .orElseThrow()
            .pid();
    String target = Long.toString(kubelet);
    return output(
        "nsenter", "--target", target, "--pid", "--mount", "cat", "/proc/sys/kernel/pid_max");
  }

  private static void testbed(String... arguments) {
    List<String> command = new ArrayList<>(List.of(System.getenv("TESTBED")));
    command.addAll(List.of(arguments));
    output(command.toArray(String[]::new));
  }

  private static String output(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(List.of(command) + " failed: " + output);
      }
      return output.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
