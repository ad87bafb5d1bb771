package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.rig.ManyNodes;
import io.pidcheck.bot.rig.MovedClock;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** Which channel is told of a node, who is called, what waits, and what is not worth a word. */
@ResourceLock("machine")
class WhereItTellsIT {

  private static final String NODE = "node-0000";
  private static final String CALLED = "\"usergroup_id\":\"S0SRE\"";

  @Test
  void tellsByTheNodesLabelAndCallsTheGroupOnlyForWhatIsCritical() {
    Map<String, String> settings =
        Map.of(
            "PIDCHECK_WATCH_CHANNEL", "C0ALERTS",
            "PIDCHECK_WATCH_ROUTES", "pool=other>C0ALERTS, pool=edge>C0GENERAL",
            "PIDCHECK_WATCH_MENTION", "S0SRE");
    try (Rig rig = Rig.start().withBot(settings);
        KubernetesClient kubernetes = rig.kubernetes()) {
      ManyNodes nodes = remembered(kubernetes);
      kubernetes
          .nodes()
          .withName(NODE)
          .edit(
              node ->
                  new NodeBuilder(node)
                      .editMetadata()
                      .addToLabels("pool", "edge")
                      .endMetadata()
                      .build());
      Person alerts = rig.person(0);
      Person general = alerts.inChannel(1);
      nodes.restart(1);
      JsonNode warning = general.reads("calico-node on " + NODE + " restarted");
      rig.cluster().restartCalico();
      JsonNode critical = alerts.reads("calico-node on " + rig.node() + " restarted");
      assertThat(critical.toString()).contains(CALLED);
      assertThat(warning.toString()).doesNotContain(CALLED);
      assertThat(alerts.messages()).hasSize(1);
      assertThat(general.messages()).hasSize(1);
    }
  }

  @Test
  void holdsAWarningUntilTheQuietHoursEndAndNothingThatIsCritical() {
    MovedClock clock = new MovedClock();
    LocalTime now = LocalTime.now(ZoneId.of("Asia/Shanghai")).truncatedTo(ChronoUnit.MINUTES);
    String quiet = now.minusHours(1) + "-" + now.plusHours(2) + " Asia/Shanghai";
    Map<String, String> settings =
        Map.of(
            "PIDCHECK_WATCH_CHANNEL", "C0ALERTS",
            "PIDCHECK_WATCH_CALM", "24h",
            "PIDCHECK_WATCH_QUIET_HOURS", quiet);
    try (Rig rig = Rig.start(clock).withBot(settings);
        KubernetesClient kubernetes = rig.kubernetes()) {
      ManyNodes nodes = remembered(kubernetes);
      Person alex = rig.person(0);
      nodes.restart(1);
      await("why it restarted is known")
          .atMost(Person.SOON)
          .until(() -> WatchIT.ledger(kubernetes).contains("\"reason\":\"UNKNOWN\""));
      rig.cluster().restartCalico();
      alex.reads("calico-node on " + rig.node() + " restarted");
      assertThat(alex.messages()).as("the warning, which came first, waits").hasSize(1);
      clock.pass(Duration.ofHours(2).plusMinutes(1));
      alex.reads("calico-node on " + NODE + " restarted");
      assertThat(alex.messages()).hasSize(2);
    }
  }

  @Test
  void tellsARebootAsThatAndOfANewNodeOrADeletedOneNothing() {
    try (Rig rig = Rig.start().withBot(Map.of("PIDCHECK_WATCH_CHANNEL", "C0ALERTS"));
        KubernetesClient kubernetes = rig.kubernetes()) {
      ManyNodes nodes = remembered(kubernetes);
      nodes.deleteLast();
      Person alex = rig.person(0);
      nodes.rebootFirst();
      String told = Person.shown(alex.reads(NODE));
      assertThat(told).contains("was rebooted").contains("no restart for another reason");
      rig.cluster().restartCalico();
      alex.reads("Who holds them");
      assertThat(alex.messages()).hasSize(2);
      assertThat(kubernetes.batch().v1().jobs().inNamespace("pidcheck").list().getItems())
          .as("a reboot is no reason for a check")
          .hasSize(1);
    }
  }

  /** Nodes that come while it watches, with their first pods. */
  private static ManyNodes remembered(KubernetesClient kubernetes) {
    WatchIT.isRemembered(kubernetes);
    ManyNodes nodes = ManyNodes.create(kubernetes, 2);
    WatchIT.isRemembered(kubernetes, nodes);
    return nodes;
  }
}
