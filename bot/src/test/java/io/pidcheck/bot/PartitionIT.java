package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.rig.Cut;
import io.pidcheck.bot.rig.Gate;
import io.pidcheck.bot.rig.GatedBot;
import io.pidcheck.bot.rig.Health;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** Two replicas; the leader cannot reach the API server any more, and Slack it can. */
@ResourceLock("machine")
class PartitionIT {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "PIDCHECK_WATCH_CHANNEL", "C0ALERTS",
          "PIDCHECK_LEADER_LEASE", "3s",
          "PIDCHECK_HTTP_PORT", "0");
  private static final Duration PATIENT = Duration.ofMinutes(1);

  @Test
  void stopsBeforeTheOtherBeginsWhereItsConnectionsAreBrokenOff() {
    followsAfterwards(Gate::shut);
  }

  @Test
  void stopsBeforeTheOtherBeginsWhereNothingIsAnsweredAnyMore() {
    followsAfterwards(Gate::mute);
  }

  private static void followsAfterwards(Consumer<Gate> partition) {
    try (Rig rig = Rig.start();
        KubernetesClient kubernetes = rig.kubernetes();
        GatedBot first = start(rig)) {
      WatchIT.isRemembered(kubernetes);
      try (GatedBot second = start(rig)) {
        Health one = first.health();
        Health other = second.health();
        await("both are ready").atMost(PATIENT).until(() -> one.ready() && other.ready());
        assertThat(one.leads()).isTrue();
        Person alex = rig.person(0);

        partition.accept(first.cluster());
        rig.cluster().restartCalico();
        isFollowed(one, other);
        assertThat(Person.shown(alex.reads("Who holds them"))).contains("1 restart, at");
        await("it says what it lacks")
            .atMost(PATIENT)
            .until(() -> !one.ready() && one.lacks().contains("lease: not reached for"));
        assertThat(one.lacks()).contains("slack: ok");

        first.cluster().open();
        await("it is ready again").atMost(PATIENT).until(one::ready);
        rig.cluster().restartCalico();
        alex.reads("2 restarts, first");
        assertThat(one.leads()).as("it follows").isFalse();

        partition.accept(second.cluster());
        isFollowed(other, one);
        rig.cluster().restartCalico();
        alex.reads("3 restarts, first");
        alex.sees("both in its thread", message -> alex.replies().size() >= 2);
        assertThat(alex.messages()).hasSize(1);
        assertThat(alex.replies().stream().filter(PartitionIT::isOfARestart)).hasSize(2);
      }
    }
  }

  /** At no time do both lead. */
  private static void isFollowed(Health leader, Health next) {
    await("the next one leads")
        .atMost(PATIENT)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              boolean nextLeads = next.leads();
              assertThat(nextLeads && leader.leads()).as("both lead").isFalse();
              return nextLeads;
            });
  }

  private static boolean isOfARestart(JsonNode reply) {
    return Person.shown(reply).contains("restarted again");
  }

  private static GatedBot start(Rig rig) {
    return GatedBot.start(rig, SETTINGS, new Cut(Integer.MAX_VALUE, Cut.Side.BEFORE));
  }
}
