package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.rig.DeployedRule;
import io.pidcheck.bot.rig.FullNode;
import io.pidcheck.bot.rig.Rights;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Takes each of the bot's rights away in turn, and sees what it carried fail, and nothing else.
 * {@code $TESTBED} is the testbed's script: for the time of the test nobody else's bot has these
 * rights either.
 */
@Tag("cluster")
class ClusterRightsIT {

  private static final KubernetesClient ADMIN =
      new KubernetesClientBuilder().withConfig(Config.autoConfigure(null)).build();
  private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

  private static String node;

  @BeforeAll
  static void start() {
    String reason = "$TESTBED names no testbed: nothing here may take rights away";
    if (!FullNode.hasTestbed()) {
      System.err.println(reason);
    }
    assumeTrue(FullNode.hasTestbed(), reason);
    node = ADMIN.nodes().list().getItems().getFirst().getMetadata().getName();
    LOG.start();
    ((Logger) LoggerFactory.getLogger("io.pidcheck")).addAppender(LOG);
  }

  @AfterAll
  static void stop() {
    if (FullNode.hasTestbed()) {
      FullNode.testbed("relieve");
    }
    ADMIN.close();
  }

  static List<DeployedRule> rules() {
    return DeployedRule.all();
  }

  @Test
  void hasAllPartsWithAllRights() {
    FullNode.testbed("explode", "2500");
    Tour tour = Tour.of(node);
    assertThat(tour.broken()).as(tour.said()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void losesWithARightWhatItCarriesAndNothingElse(DeployedRule rule) {
    FullNode.testbed("explode", "2500");
    // a pod whose deletion was refused a rule ago is there, and on record, still
    ADMIN.v1().events().inNamespace("default").delete();
    Rights rights = new Rights(ADMIN);
    rights.without(rule);
    try {
      LOG.list.clear();
      Tour tour = Tour.of(node);
      System.out.println("without " + rule.name() + ": " + tour.broken());
      assertThat(tour.broken()).as(tour.said()).isEqualTo(RightsTable.carriedBy(rule));
      assertThat(tour.said() + logged())
          .as("what is missing is named")
          .containsPattern(refused(rule));
    } finally {
      rights.whole(rule);
    }
  }

  /** As the API server, or the kubelet, names a right. */
  private static String refused(DeployedRule rule) {
    String resource = rule.rule().getResources().getFirst();
    return "cannot \\w+ resource \"" + resource + "\"|lacks a right \\(403\\): get " + resource;
  }

  private static String logged() {
    return LOG.list.stream()
        .map(ILoggingEvent::getFormattedMessage)
        .collect(Collectors.joining("\n"));
  }
}
