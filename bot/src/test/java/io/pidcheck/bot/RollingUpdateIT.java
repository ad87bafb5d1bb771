package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.local.slack.LocalSlack;
import io.pidcheck.bot.local.slack.workspace.SlashCommand;
import io.pidcheck.bot.rig.Asking;
import io.pidcheck.bot.rig.CalicoNode;
import io.pidcheck.bot.rig.DeployedBot;
import io.pidcheck.bot.rig.FullNode;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.PodGateway;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The bot as pods of a real cluster, and another version applied over it while people ask: {@code
 * $PIDCHECK_ROLL_OLD} and {@code $PIDCHECK_ROLL_NEW} are overlays of the two, each with its images,
 * on deploy/overlays/testbed-bot; the machine has the address {@code $PIDCHECK_PODS_REACH}, which
 * pods reach. Applies and deletes them, with all that is in the namespace pidcheck. Needs $TESTBED.
 */
@Tag("cluster")
class RollingUpdateIT {

  private static final String OLD = System.getenv().getOrDefault("PIDCHECK_ROLL_OLD", "");
  private static final String NEW = System.getenv().getOrDefault("PIDCHECK_ROLL_NEW", "");
  private static final String ADDRESS = System.getenv().getOrDefault("PIDCHECK_PODS_REACH", "");
  private static final int WORKSPACE_PORT = 8065; // testbed-bot's slack.apiUrl
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final KubernetesClient ADMIN =
      new KubernetesClientBuilder().withConfig(Config.autoConfigure(null)).build();
  private static final CalicoNode CALICO = new CalicoNode(ADMIN);
  private static final DeployedBot BOT = new DeployedBot(ADMIN);

  private LocalSlack slack;
  private PodGateway gateway;

  @BeforeAll
  static void hasTwoVersions() {
    assumeThat(Stream.of(OLD, NEW, ADDRESS))
        .as("$PIDCHECK_ROLL_OLD, $PIDCHECK_ROLL_NEW and $PIDCHECK_PODS_REACH, for a rolling update")
        .noneMatch(String::isEmpty);
    assumeThat(FullNode.hasTestbed()).as("$TESTBED, to restart calico-node with").isTrue();
  }

  @BeforeEach
  void start() {
    DeployedBot.delete(NEW);
    CALICO.renew();
    slack =
        LocalSlack.start(
            new LocalSlack.Options(
                WORKSPACE_PORT,
                List.of(new SlashCommand("/pidcheck", "node <name>", "test")),
                Map.of(),
                Clock.systemUTC()));
    gateway =
        new PodGateway(ADDRESS)
            .passes(URI.create(ADMIN.getConfiguration().getMasterUrl()))
            .answersFor(slack.uri());
    DeployedBot.mayUse(slack.botToken(), slack.appToken());
  }

  @AfterEach
  void stop() {
    DeployedBot.delete(NEW);
    gateway.close();
    slack.close();
  }

  @AfterAll
  static void end() {
    ADMIN.close();
  }

  @Test
  void losesNothingWhileTheNewOneIsAppliedOverTheOldOne() {
    Person alex = Person.in(slack.uri(), 0);
    DeployedBot.apply(OLD);
    DeployedBot.isRolledOut();
    FullNode.testbed("restart-calico");
    JsonNode incident = alex.sees("the incident", RollingUpdateIT::tellsOfARestart, PATIENCE);
    alex.sees("its diagnosis", message -> same(message, incident) && isDiagnosed(message));
    Set<String> before = BOT.pods();
    Set<String> remembered = BOT.remembered();
    assertThat(BOT.leader())
        .as("of the old ones")
        .matches(holder -> DeployedBot.isOf(before, holder));

    Asking asking = Asking.every(Duration.ofSeconds(1), alex, BOT.node());
    try (asking) {
      DeployedBot.apply(NEW);
      await("a new pod").atMost(PATIENCE).until(() -> !before.containsAll(BOT.pods()));
      FullNode.testbed("restart-calico");
      DeployedBot.isRolledOut();
      await("only new pods")
          .atMost(PATIENCE)
          .until(() -> BOT.pods().stream().noneMatch(before::contains));
      await("a new leader")
          .atMost(PATIENCE)
          .until(() -> DeployedBot.isOf(BOT.pods(), BOT.leader()));
      alex.sees("the restart", m -> same(m, incident) && Person.shown(m).contains("2 restarts,"));
    }

    assertThat(asking.refused()).as("not acknowledged").isEmpty();
    int answers = asking.statuses() + asking.nobodies().size() + asking.checks();
    System.out.println(answers + " commands while another version was rolled out");
    await("an answer to each of " + answers + " commands, and the incident")
        .atMost(PATIENCE)
        .until(
            () ->
                alex.messages().size() > answers
                    && alex.messages().stream().noneMatch(RollingUpdateIT::isUnderWay));
    List<JsonNode> shown = alex.messages();
    assertThat(shown).hasSize(answers + 1);
    assertThat(texts(shown, "answers you")).hasSize(asking.statuses());
    asking.nobodies().forEach(name -> assertThat(texts(shown, name + ".")).hasSize(1));
    assertThat(texts(shown, "Asked by <@" + alex.id())).hasSize(asking.checks());
    assertThat(shown.stream().filter(message -> same(message, incident))).hasSize(1);
    assertThat(again(alex, incident)).as("the restart, in the thread").hasSize(1);
    assertThat(BOT.remembered()).containsAll(remembered);
  }

  @Test
  void leavesNothingBehindWhenItIsDeleted() {
    List<String> before = BOT.outsideOfItsNamespace();
    DeployedBot.apply(NEW);
    DeployedBot.isRolledOut();
    assertThat(BOT.outsideOfItsNamespace()).hasSizeGreaterThan(before.size());
    DeployedBot.delete(NEW);
    assertThat(BOT.hasNamespace()).isFalse();
    assertThat(BOT.outsideOfItsNamespace()).isEqualTo(before);
  }

  private static boolean tellsOfARestart(JsonNode message) {
    return Person.shown(message).contains("restarted");
  }

  private static boolean isDiagnosed(JsonNode message) {
    return Person.shown(message).contains("Who holds them");
  }

  private static boolean isUnderWay(JsonNode message) {
    return Person.shown(message).contains("Checking ");
  }

  private static boolean same(JsonNode message, JsonNode other) {
    return message.path("ts").equals(other.path("ts"));
  }

  private static List<String> texts(List<JsonNode> messages, String part) {
    return messages.stream().map(Person::shown).filter(text -> text.contains(part)).toList();
  }

  private static List<String> again(Person person, JsonNode incident) {
    return texts(
        person.replies().stream()
            .filter(reply -> reply.path("thread_ts").equals(incident.path("ts")))
            .toList(),
        "restarted again");
  }
}
