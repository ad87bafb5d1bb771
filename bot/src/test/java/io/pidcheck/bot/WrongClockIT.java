package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.rig.Cut;
import io.pidcheck.bot.rig.GatedBot;
import io.pidcheck.bot.rig.MovedClock;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/**
 * A replica whose clock is wrong dies between its post and its note of it; the next one goes by no
 * time that another clock has told.
 */
@ResourceLock("machine")
class WrongClockIT {

  private static final Map<String, String> SETTINGS =
      Map.of("PIDCHECK_WATCH_CHANNEL", "C0ALERTS", "PIDCHECK_LEADER_LEASE", "3s");
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
