package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.rig.FullNode;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.RealCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * A real node with few free PIDs and no standby probe: where the probe is started, where it is held
 * back, and what it brings all the same. Needs what {@link ExhaustedNodeIT} needs.
 */
@Tag("cluster")
class FewPidsFreeIT {

  private static final KubernetesClient ADMIN =
      new KubernetesClientBuilder().withConfig(Config.autoConfigure(null)).build();
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  // a kubelet that shares its kernel counts others' tasks too, and without its count there is only
  // what the pods hold: what it calls free is off by a hundred or two here
  private static final String HOLDS_BACK = "250";
  private static final String NEVER = "0";

  private final String node = ADMIN.nodes().list().getItems().getFirst().getMetadata().getName();

  @BeforeEach
  void mayExhaustTheNode() {
    assumeThat(FullNode.canLeaveFree())
        .as("$PIDCHECK_LEAVE_FREE, to exhaust the node with")
        .isTrue();
    assumeThat(FullNode.standbys(ADMIN)).as("a standby probe, which needs no PID").isEmpty();
  }

  @AfterEach
  void relieve() {
    if (FullNode.canLeaveFree()) {
      FullNode.leaveFree("all");
    }
  }

  @AfterAll
  static void stop() {
    ADMIN.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"300", "100", "50"})
  void diagnosesWhereThereIsRoomForTheProbe(String free) {
    JsonNode told = told(free, NEVER, "Read at");
    assertThat(Person.shown(told)).contains("order-service").contains("of 4,096");
    assertThat(Person.buttons(told)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"50", "30", "20"})
  void holdsTheProbeBackAndTellsWhoDidItAllTheSame(String free) {
    JsonNode told = told(free, HOLDS_BACK, "the probe was not started");
    assertThat(Person.shown(told))
        .containsPattern("3,\\d\\d\\d threads .* in container order-service");
    assertThat(Person.button(told, "Probe anyway").path("confirm").toString())
        .contains("takes about 30 PIDs");
  }

  @Test
  void diagnosesByTheButtonAtFiftyFree() {
    fill("50");
    try (RealCluster rig = start(HOLDS_BACK)) {
      JsonNode ended = probesAnyway(rig.person(0), told -> true);
      assertThat(Person.shown(ended)).contains("Read at").contains("order-service");
    }
  }

  /** It may bring a report or not; which, and how often, is what bench/bench start counts. */
  @ParameterizedTest
  @ValueSource(strings = {"30", "20"})
  void endsByTheButtonWithAReportOrWithWhatRefusedIt(String free) {
    fill(free);
    try (RealCluster rig = start(HOLDS_BACK)) {
      JsonNode ended =
          probesAnyway(rig.person(0), told -> !Person.shown(told).contains("Trying once more"));
      String shown = Person.shown(ended);
      assertThat(shown).contains("order-service").contains("of 4,096");
      if (!shown.contains("Read at")) {
        assertThat(shown).containsPattern("could not start the probe|exit code|in time");
        assertThat(shown)
            .containsPattern(
                "(?i)resource temporarily unavailable|pthread_create|EAGAIN|pipe|init");
      }
    }
  }

  /** What a check of the node tells that has so many free. */
  private JsonNode told(String free, String leastFree, String words) {
    fill(free);
    try (RealCluster rig = start(leastFree)) {
      Person alex = rig.person(0);
      Instant asked = Instant.now();
      alex.say("/pidcheck node " + node);
      JsonNode told = alex.reads(words);
      print("told at " + free + " free", asked, told);
      return told;
    }
  }

  private void fill(String free) {
    FullNode.leaveFree(free);
    FullNode.awaitCounted(ADMIN, node);
  }

  private JsonNode probesAnyway(Person person, Predicate<JsonNode> over) {
    person.say("/pidcheck node " + node);
    JsonNode held = person.reads("the probe was not started");
    Instant clicked = Instant.now();
    person.clicks(held, Person.button(held, "Probe anyway"));
    JsonNode ended =
        person.sees(
            "how the probe ended",
            told ->
                told.path("ts").equals(held.path("ts"))
                    && over.test(told)
                    && Person.shown(told).contains("Asked by")
                    && !Person.shown(told).contains("the probe was not started"),
            PATIENCE);
    print("by the button", clicked, ended);
    return ended;
  }

  private static RealCluster start(String leastFree) {
    return RealCluster.start(
        Map.of("PIDCHECK_PROBE_LEAST_FREE_PIDS", leastFree, "PIDCHECK_PROBE_DEADLINE", "60s"));
  }

  private static void print(String what, Instant since, JsonNode told) {
    System.out.println(
        what + " after " + Duration.between(since, Instant.now()) + "\n" + Person.shown(told));
  }
}
