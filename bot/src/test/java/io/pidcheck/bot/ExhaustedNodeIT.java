package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.RealCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A real node that is really exhausted: what the cluster then says is what the message tells.
 * Beside what {@link ClusterIT} needs, {@code $PIDCHECK_LEAVE_FREE}: a command that fills the node
 * until as many PIDs are free as its argument says, and empties it at {@code all}; it must work
 * from outside the node.
 */
@Tag("cluster")
class ExhaustedNodeIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String COMMAND = System.getenv().getOrDefault("PIDCHECK_LEAVE_FREE", "");
  private static final KubernetesClient ADMIN =
      new KubernetesClientBuilder().withConfig(Config.autoConfigure(null)).build();

  private static String node;
  private RealCluster rig;

  @BeforeAll
  static void knowTheNode() {
    assumeThat(COMMAND).as("$PIDCHECK_LEAVE_FREE, to exhaust the node with").isNotEmpty();
    node = ADMIN.nodes().list().getItems().getFirst().getMetadata().getName();
  }

  @AfterAll
  static void stop() {
    ADMIN.close();
  }

  /** Events outlive pods: a new calico-node has none of what befell the one before it. */
  @BeforeEach
  void start() {
    rig = RealCluster.start();
    ADMIN.pods().inAnyNamespace().withLabel("k8s-app", "calico-node").delete();
    ADMIN
        .pods()
        .inAnyNamespace()
        .withLabel("k8s-app", "calico-node")
        .waitUntilCondition(ExhaustedNodeIT::isNew, PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @AfterEach
  void relieve() {
    leaveFree("all");
    rig.close();
  }

  @Test
  void tellsTheRestartsChainWithTheVeryEventsThatItMade() {
    leaveFree("17");
    await("calico-node restarts").atMost(PATIENCE).until(() -> restarts(calico()) > 0);
    leaveFree("100"); // room for the probe
    String calico = calico().getMetadata().getName();

    Person alex = rig.person(0);
    alex.say("/pidcheck node " + node);
    String answer = Person.shown(alex.reads("What it led to"));
    assertThat(answer).contains("pid_max").contains("dotnet").contains("order-service");
    assertThat(answer).containsPattern("refused fork \\(EAGAIN\\) — observed ×\\d+");
    assertThat(answer).containsPattern("The kubelet restarted calico-node — (observed|pod status)");

    String details = Person.shown(alex.reads("What this rests on"));
    keep("told-after-17-free.txt", answer + "\n" + details);
    List<Event> refusals =
        eventsOf(calico).filter(event -> event.getMessage().contains("can't fork")).toList();
    assertThat(refusals).isNotEmpty();
    assertThat(refusals)
        .allSatisfy(
            event ->
                assertThat(lineAbove(event.getMessage(), details))
                    .startsWith("×" + event.getCount() + " ")
                    .contains("Pod kube-system/" + calico));
  }

  @Test
  void tellsThatErroredProbesRestartNothing() {
    leaveFree("8");
    String calico = calico().getMetadata().getName();
    await("probes that cannot be started")
        .atMost(PATIENCE)
        .until(() -> eventsOf(calico).filter(ExhaustedNodeIT::errored).count() > 5);

    Person alex = rig.person(0);
    alex.say("/pidcheck node " + node);
    String answer = Person.shown(alex.patientlyReads("What it led to"));
    keep("told-at-8-free.txt", answer);
    assertThat(restarts(calico())).isZero();
    assertThat(answer)
        .contains("The kubelet got no answer (probe errored) — observed ×")
        .containsPattern(
            "Liveness reached its threshold \\(\\d+ failures in a row, one probe every .*\\) — no: this runtime’s probe errors are thrown away")
        .contains("The kubelet restarted calico-node — no: its restart count is 0");
  }

  /** For people to read after the run. */
  private static void keep(String file, String told) {
    try {
      Files.writeString(Path.of("target", file), told);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean errored(Event event) {
    return event.getMessage().contains("probe errored");
  }

  private static String lineAbove(String text, String lines) {
    int at = lines.indexOf("\n" + text.strip());
    assertThat(at).as(text + "\nin\n" + lines).isPositive();
    return lines.substring(lines.lastIndexOf('\n', at - 1) + 1, at);
  }

  private static Stream<Event> eventsOf(String pod) {
    return ADMIN
        .v1()
        .events()
        .inAnyNamespace()
        .withField("involvedObject.name", pod)
        .list()
        .getItems()
        .stream();
  }

  private static boolean isNew(Pod pod) {
    return pod != null
        && pod.getMetadata().getDeletionTimestamp() == null
        && pod.getStatus().getContainerStatuses().stream().anyMatch(ContainerStatus::getReady)
        && restarts(pod) == 0;
  }

  private static Pod calico() {
    return ADMIN
        .pods()
        .inAnyNamespace()
        .withLabel("k8s-app", "calico-node")
        .withField("spec.nodeName", node)
        .list()
        .getItems()
        .getFirst();
  }

  private static int restarts(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .mapToInt(ContainerStatus::getRestartCount)
        .sum();
  }

  private static void leaveFree(String pids) {
    try {
      Process process =
          new ProcessBuilder(Stream.concat(Stream.of(COMMAND.split(" ")), Stream.of(pids)).toList())
              .inheritIO()
              .start();
      assertThat(process.waitFor()).isZero();
    } catch (IOException e) {
      throw new IllegalStateException(COMMAND, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
