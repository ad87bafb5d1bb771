package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.rig.Acting;
import io.pidcheck.bot.rig.Cut;
import io.pidcheck.bot.rig.Exploding;
import io.pidcheck.bot.rig.GatedBot;
import io.pidcheck.bot.rig.MovedClock;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import io.pidcheck.bot.rig.StandingBy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * A replica whose clock is wrong: what the cluster has stamped is not told by that clock. One dies
 * between its post and its note of it; the next one goes by no time that another clock has told.
 */
@ResourceLock("machine")
class WrongClockIT {

  private static final Map<String, String> SETTINGS =
      Map.of("PIDCHECK_WATCH_CHANNEL", "C0ALERTS", "PIDCHECK_LEADER_LEASE", "3s");
  private static final int THREADS = 4_000;
  private static final Duration NONE = Duration.ZERO;
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void findsThePostOfALeaderWhoseClockWasAnHourAhead() {
    tellsOnce(HOUR, NONE);
  }

  @Test
  void findsThePostOfALeaderWhoseClockWasAnHourBehind() {
    tellsOnce(HOUR.negated(), NONE);
  }

  @Test
  void findsThePostThoughAllReplicasAreAnHourAheadOfSlack() {
    tellsOnce(HOUR, HOUR);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void answersACheck(int hoursAhead) {
    try (Rig rig = Rig.start();
        GatedBot _ = bot(rig, Map.of(), hoursAhead)) {
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      JsonNode answer = alex.sees("an answer", WrongClockIT::answered);
      assertThat(Person.shown(answer)).contains("Who holds them");
    }
  }

  private static boolean answered(JsonNode message) {
    String text = Person.shown(message);
    return text.contains("Who holds them") || text.contains("was not checked in time");
  }

  @Test
  void waitsForTheStandbyProbe() {
    try (Rig rig = Rig.start()) {
      StandingBy.standsBy(rig, false);
      try (GatedBot _ = bot(rig, Map.of(), 1)) {
        Person alex = rig.person(0);
        alex.say("/pidcheck node " + rig.node());
        alex.reads("Who holds them");
        alex.reads(StandingBy.SAYS);
        assertThat(StandingBy.podsOfJobs(rig)).isEmpty();
      }
    }
  }

  @Test
  void actsOnWhatWasJustSeen() {
    try (Rig rig = Rig.start();
        GatedBot _ = bot(rig, Acting.settings(Map.of()), 1);
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = Acting.diagnosis(rig, alex);
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      alex.reads("Before:");
      assertThat(exploding.endsWithin(Person.SOON)).isTrue();
    }
  }

  @Test
  void tellsOfARefusalThatHasJustHappened() {
    try (Rig rig = Rig.start();
        KubernetesClient kubernetes = rig.kubernetes();
        GatedBot _ = bot(rig, SETTINGS, 1)) {
      WatchIT.isRemembered(kubernetes);
      kubernetes.v1().events().inNamespace("default").resource(refusal(rig.node())).create();
      rig.person(0).reads("resource temporarily unavailable");
    }
  }

  private static Event refusal(String node) {
    return new EventBuilder()
        .withNewMetadata()
        .withName("refused")
        .endMetadata()
        .withType("Warning")
        .withMessage("fork/exec /usr/sbin/runc: resource temporarily unavailable")
        .withLastTimestamp(Instant.now().toString())
        .withNewInvolvedObject()
        .withKind("Node")
        .withName(node)
        .endInvolvedObject()
        .build();
  }

  private static GatedBot bot(Rig rig, Map<String, String> settings, int hoursAhead) {
    Cut never = new Cut(Integer.MAX_VALUE, Cut.Side.BEFORE);
    return GatedBot.start(rig, settings, never, clock(Duration.ofHours(hoursAhead)));
  }

  private static void tellsOnce(Duration leaderAhead, Duration otherAhead) {
    Cut cut = new Cut(1, "chat.postMessage", Cut.Side.AFTER);
    try (Rig rig = Rig.start();
        KubernetesClient kubernetes = rig.kubernetes();
        GatedBot _ = GatedBot.start(rig, SETTINGS, cut, clock(leaderAhead))) {
      WatchIT.isRemembered(kubernetes);
      try (GatedBot _ =
          GatedBot.start(
              rig, SETTINGS, new Cut(Integer.MAX_VALUE, Cut.Side.BEFORE), clock(otherAhead))) {
        Person alex = rig.person(0);
        cut.begin();
        rig.cluster().restartCalico();
        JsonNode told = alex.reads("calico-node on " + rig.node() + " restarted");
        assertThat(cut.within(5_000)).as("the first one died at its post").isTrue();
        await("a post is known")
            .atMost(Person.SOON)
            .until(() -> WatchIT.ledger(kubernetes).contains("\"ts\":\"1"));
        assertThat(WatchIT.ledger(kubernetes)).contains(told.path("ts").asString());
        assertThat(alex.messages()).hasSize(1);
      }
    }
  }

  private static MovedClock clock(Duration ahead) {
    MovedClock clock = new MovedClock();
    clock.pass(ahead);
    return clock;
  }
}
