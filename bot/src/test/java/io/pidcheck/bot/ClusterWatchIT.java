package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.rig.Browsing;
import io.pidcheck.bot.rig.CalicoNode;
import io.pidcheck.bot.rig.FullNode;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.RealCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.JsonNode;

/**
 * A real node is exhausted, nobody asks, and the channel has the answer: by calico-node's real
 * restarts, or by the kubelet's figures where nothing restarts. Needs what {@link ExhaustedNodeIT}
 * needs, and the standby probe with the power to act on the node. With {@code $PIDCHECK_PICTURES}
 * it keeps pictures of what a person sees.
 */
@Tag("cluster")
class ClusterWatchIT {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final boolean PICTURES = System.getenv("PIDCHECK_PICTURES") != null;
  private static final KubernetesClient ADMIN =
      new KubernetesClientBuilder().withConfig(Config.autoConfigure(null)).build();
  private static final CalicoNode CALICO = new CalicoNode(ADMIN);

  private RealCluster rig;

  @BeforeAll
  static void mayExhaustTheNode() {
    assumeThat(FullNode.canLeaveFree())
        .as("$PIDCHECK_LEAVE_FREE, to exhaust the node with")
        .isTrue();
  }

  @BeforeEach
  void start() {
    FullNode.leaveFree("all");
    // the incidents of a workspace that is no more, and their acts
    Map<String, String> ours = Map.of("app.kubernetes.io/managed-by", "pidcheck");
    ADMIN.configMaps().inNamespace("pidcheck").withLabels(ours).delete();
    ADMIN.batch().v1().jobs().inNamespace("pidcheck").withLabels(ours).delete();
    CALICO.renew();
    rig =
        RealCluster.start(
            Map.of(
                "PIDCHECK_WATCH_CHANNEL", "C0ALERTS",
                "PIDCHECK_WATCH_CALM", "20s",
                "PIDCHECK_KUBELET_POLL_EVERY", "5s"));
    rig.watches();
  }

  @AfterEach
  void relieve() {
    FullNode.leaveFree("all");
    rig.close();
  }

  @AfterAll
  static void stop() {
    ADMIN.close();
  }

  @Test
  void postsTheRealRestartUnaskedAndResolvesInItsThreadAfterTheKill() {
    Person alex = rig.person(0);
    FullNode.leaveFree("17"); // at fewer its probes do not even start, which restarts nothing
    JsonNode told = unasked(alex, "calico-node on \\S+ restarted");
    assertThat(CALICO.restarts()).isPositive();
    assertThat(Person.shown(told)).contains("calico-node on ").contains("refused fork (EAGAIN)");
    assertThat(CALICO.events().map(Event::getMessage))
        .as("what calico-node's own events say")
        .anyMatch(words -> words.contains("can't fork"));
    resolves(alex, told, "restart");
  }

  /** Between 17 and 10 probes fail or do not start at all, as it comes: either is told. */
  @Test
  void postsAtFifteenFreePidsWhicheverSignIsThereAndResolvesInItsThreadAfterTheKill() {
    Person alex = rig.person(0);
    Instant full = Instant.now();
    FullNode.leaveFree("15");
    JsonNode told =
        unasked(
            alex, "calico-node on \\S+ restarted|is running out of PIDs|Processes are refused on");
    System.out.println(
        "told by itself " + Duration.between(full, Instant.now()) + " after the node was filled");
    assertThat(Person.shown(told)).contains("order-service").contains("of 4,096");
    resolves(alex, told, "fifteen");
  }

  @Test
  void postsByTheKubeletsFiguresWhereNothingRestartsAndResolvesInItsThreadAfterTheKill() {
    Person alex = rig.person(0);
    Instant full = Instant.now();
    FullNode.leaveFree("0");
    JsonNode told = unasked(alex, "is running out of PIDs|Processes are refused on");
    System.out.println(
        "told by itself "
            + Duration.between(full, Instant.now())
            + " after the last PIDs were taken");
    assertThat(CALICO.restarts()).isZero();
    assertThat(Person.shown(told))
        .contains("Nothing was restarted for it so far")
        .containsPattern("PIDs are free by the kubelet|an event said: .*resource temporarily unav");
    resolves(alex, told, "silent");
  }

  /**
   * The incident's message, once the diagnosis with its buttons is there; nobody asked.
   *
   * @param headline a pattern
   */
  private JsonNode unasked(Person person, String headline) {
    return person.sees(
        headline + ", with the buttons",
        message ->
            Pattern.compile(headline).matcher(Person.shown(message)).find()
                && Person.buttons(message).stream().anyMatch(ClusterWatchIT::kills),
        PATIENCE);
  }

  private void resolves(Person alex, JsonNode told, String picture) {
    System.out.println(Person.shown(told));
    keep(picture + "-told");
    JsonNode kill = Person.buttons(told).stream().filter(ClusterWatchIT::kills).findFirst().get();
    assertThat(kill.path("text").path("text").asString()).contains("dotnet");
    alex.clicks(told, kill);
    String by = "by <@" + alex.id() + ">: killed ";
    JsonNode resolved =
        alex.sees(
            "who resolved it",
            message ->
                message.path("ts").equals(told.path("ts"))
                    && Person.shown(message).contains("Resolved at ")
                    && Person.shown(message).contains(by),
            PATIENCE);
    System.out.println(Person.shown(resolved));
    JsonNode line =
        alex.sees(
            "the same in its thread",
            message ->
                message.path("thread_ts").equals(told.path("ts"))
                    && !message.path("ts").equals(told.path("ts"))
                    && Person.shown(message).contains(by),
            PATIENCE);
    alex.replies().forEach(reply -> System.out.println("in the thread: " + Person.shown(reply)));
    assertThat(Person.shown(line)).contains("(dotnet)");
    assertThat(alex.messages()).hasSize(1);
    keep(picture + "-resolved");
  }

  private static boolean kills(JsonNode button) {
    return button.path("text").path("text").asString("").startsWith("Kill ");
  }

  private void keep(String name) {
    if (PICTURES) {
      try (Browsing browser = Browsing.open()) {
        String address = rig.page() + "#/U0ALEX/C0ALERTS";
        browser.asWindow(1100, 900).visit(address).toTop(first(browser)).keep(name + "-desktop");
        browser.asPhone(390, 844).visit(address).toTop(first(browser)).keep(name + "-phone");
      }
    }
  }

  private static WebElement first(Browsing browser) {
    return browser.element("message");
  }
}
