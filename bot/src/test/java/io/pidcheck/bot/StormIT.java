package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.rig.Health;
import io.pidcheck.bot.rig.ManyNodes;
import io.pidcheck.bot.rig.MovedClock;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Many nodes at once while Slack is away. */
@ResourceLock("machine")
class StormIT {

  private static final int NODES = 50;
  private static final int HANDFUL = 5;
  private static final int WORST = 3;
  private static final int MINUTES = 10;
  private static final int STORM_FROM = 5; // watch.stormFrom: so many have a message of their own
  private static final int FOLLOWING = 12;
  private static final Map<String, String> SETTINGS =
      Map.of(
          "PIDCHECK_WATCH_CHANNEL", "C0ALERTS",
          "PIDCHECK_WATCH_CALM", "1h",
          "PIDCHECK_HTTP_PORT", "0");

  @Test
  void tellsFiftyNodesInAHandfulOfPostsAfterSlackWasAwayForTenMinutes() {
    MovedClock clock = new MovedClock();
    try (Rig rig = Rig.start(clock).withBot(SETTINGS);
        KubernetesClient kubernetes = rig.kubernetes()) {
      Person alex = rig.person(0);
      ManyNodes nodes = remembered(kubernetes, NODES);
      away(alex);
      for (int minute = 1; minute <= MINUTES; minute++) {
        int restarted = minute * NODES / MINUTES;
        nodes.restart(restarted);
        await("incidents of minute " + minute)
            .atMost(Person.SOON)
            .until(() -> WatchIT.incidents(kubernetes) == restarted);
        clock.pass(Duration.ofMinutes(1));
      }
      assertThat(alex.messages()).isEmpty();
      alex.fault(Map.of("clear", true));
      alex.sees("all of them", message -> nodes.names().allMatch(name -> toldOf(alex, name)));
      alex.sees("the worst in the thread", message -> alex.replies().size() == WORST);
      Health health = Health.at(rig.healthPort());
      await("nothing is left to tell").atMost(Person.SOON).until(() -> health.waitsFor(0));
      int posts = alex.messages().size() + alex.replies().size();
      System.out.println(NODES + " nodes after Slack was away: told in " + posts + " posts");
      assertThat(posts).isLessThanOrEqualTo(HANDFUL);
    }
  }

  @Test
  void tellsTheNodesThatFollowOneByOneInTheSummaryAlone() {
    MovedClock clock = new MovedClock();
    try (Rig rig = Rig.start(clock).withBot(SETTINGS);
        KubernetesClient kubernetes = rig.kubernetes()) {
      Person alex = rig.person(0);
      ManyNodes nodes = remembered(kubernetes, FOLLOWING);
      List<String> names = nodes.names().toList();
      for (int n = 0; n < FOLLOWING; n++) {
        clock.pass(Duration.ofSeconds(5)); // Slack would take a message of its own for each
        nodes.restartOne(n);
        String name = names.get(n);
        alex.sees(name, message -> Person.shown(message).contains(name));
      }
      assertThat(alex.messages()).hasSize(STORM_FROM + 1);
    }
  }

  private static ManyNodes remembered(KubernetesClient kubernetes, int count) {
    ManyNodes nodes = ManyNodes.create(kubernetes, count);
    WatchIT.isRemembered(kubernetes, nodes);
    return nodes;
  }

  /** Slack answers nothing, until faults are cleared. */
  static void away(Person person) {
    person.fault(
        Map.of("fail", Map.of("method", "*", "error", "x", "status", 503, "times", 1_000_000)));
  }

  private static boolean toldOf(Person person, String node) {
    return person.messages().stream().map(Person::shown).anyMatch(text -> text.contains(node));
  }
}
