package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.rig.CalicoNode;
import io.pidcheck.bot.rig.FullNode;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.RealCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
  private static final KubernetesClient ADMIN =
      new KubernetesClientBuilder().withConfig(Config.autoConfigure(null)).build();

  private static final CalicoNode CALICO = new CalicoNode(ADMIN);

  private static String node;
  private RealCluster rig;

  @BeforeAll
  static void knowTheNode() {
    assumeThat(FullNode.canLeaveFree())
        .as("$PIDCHECK_LEAVE_FREE, to exhaust the node with")
        .isTrue();
    node = ADMIN.nodes().list().getItems().getFirst().getMetadata().getName();
  }

  @AfterAll
  static void stop() {
    ADMIN.close();
  }

  @BeforeEach
  void start() {
    rig = RealCluster.start();
    CALICO.renew();
  }

  @AfterEach
  void relieve() {
    FullNode.leaveFree("all");
    rig.close();
  }

  @Test
  void tellsTheRestartsChainWithTheVeryEventsThatItMade() {
    FullNode.leaveFree("17");
    await("calico-node restarts").atMost(PATIENCE).until(() -> CALICO.restarts() > 0);
    FullNode.leaveFree("100"); // room for the probe
    String calico = CALICO.pod().getMetadata().getName();

    Person alex = rig.person(0);
    alex.say("/pidcheck node " + node);
    String answer = Person.shown(alex.reads("What it led to"));
    assertThat(answer).contains("pid_max").contains("dotnet").contains("order-service");
    assertThat(answer).containsPattern("refused fork \\(EAGAIN\\) — observed ×\\d+");
    assertThat(answer).containsPattern("The kubelet restarted calico-node — (observed|pod status)");

    String details = Person.shown(alex.reads("What this rests on"));
    keep("told-after-17-free.txt", answer + "\n" + details);
    List<Event> refusals =
        CALICO.events().filter(event -> event.getMessage().contains("can't fork")).toList();
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
    FullNode.leaveFree("8");
    await("probes that cannot be started")
        .atMost(PATIENCE)
        .until(() -> CALICO.events().filter(ExhaustedNodeIT::errored).count() > 5);

    Person alex = rig.person(0);
    alex.say("/pidcheck node " + node);
    String answer = Person.shown(alex.patientlyReads("What it led to"));
    keep("told-at-8-free.txt", answer);
    assertThat(CALICO.restarts()).isZero();
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
}
