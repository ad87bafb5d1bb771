package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.rig.ManyNodes;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Many nodes at once, with and without Slack. */
@ResourceLock("machine")
class StormIT {

  private static final int NODES = 50;
  private static final int HANDFUL = 5;

  @Test
  void tellsFiftyNodesInAHandfulOfPostsOnceSlackIsBack() {
    try (Rig rig = Rig.start().withBot(Map.of("PIDCHECK_WATCH_CHANNEL", "C0ALERTS"));
        KubernetesClient kubernetes = WatchIT.client(rig)) {
      Person alex = rig.person(0);
      ManyNodes nodes = ManyNodes.create(kubernetes, NODES);
      await("all are remembered")
          .atMost(Person.SOON)
          .until(() -> nodes.uids().allMatch(WatchIT.ledger(kubernetes)::contains));
      alex.fault(
          Map.of("fail", Map.of("method", "*", "error", "x", "status", 503, "times", 1_000_000)));
      nodes.restartAll();
      await("all are incidents")
          .atMost(Person.SOON)
          .until(() -> WatchIT.incidents(kubernetes) == NODES);
      assertThat(alex.messages()).isEmpty();
      alex.fault(Map.of("clear", true));
      alex.sees("all of them", message -> nodes.names().allMatch(name -> toldOf(alex, name)));
      assertThat(alex.messages()).hasSizeLessThanOrEqualTo(HANDFUL);
    }
  }

  private static boolean toldOf(Person person, String node) {
    return person.messages().stream().map(Person::shown).anyMatch(text -> text.contains(node));
  }
}
