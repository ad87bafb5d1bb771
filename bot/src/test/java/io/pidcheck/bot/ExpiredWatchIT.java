package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.rig.Cut;
import io.pidcheck.bot.rig.GatedBot;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The API server has forgotten what a watch wants to go on from: HTTP 410. */
@ResourceLock("machine")
class ExpiredWatchIT {

  private static final Map<String, String> SETTINGS =
      Map.of("PIDCHECK_WATCH_CHANNEL", "C0ALERTS", "PIDCHECK_LEADER_LEASE", "3s");

  @Test
  void losesNoRestartWhereTheStreamItselfSaysThatItHasExpired() {
    try (Rig rig = Rig.start().withBot(SETTINGS);
        KubernetesClient kubernetes = rig.kubernetes()) {
      Person alex = rig.person(0);
      WatchIT.isRemembered(kubernetes);
      rig.cluster().forgetHistory();
      rig.cluster().restartCalico();
      assertThat(Person.shown(alex.reads("Who holds them"))).contains("1 restart, at");
      rig.cluster().forgetHistory();
      rig.cluster().restartCalico();
      alex.reads("2 restarts, first");
      assertThat(alex.messages()).hasSize(1);
    }
  }

  @Test
  void losesNoRestartThatHappenedWhileItWasAwayAndIsNoLongerInTheHistory() {
    Cut never = new Cut(Integer.MAX_VALUE, Cut.Side.BEFORE);
    try (Rig rig = Rig.start();
        KubernetesClient kubernetes = rig.kubernetes();
        GatedBot bot = GatedBot.start(rig, SETTINGS, never)) {
      Person alex = rig.person(0);
      WatchIT.isRemembered(kubernetes);
      bot.cluster().shut();
      rig.cluster().restartCalico();
      rig.cluster().restartCalico();
      rig.cluster().forgetHistory();
      bot.cluster().open();
      assertThat(Person.shown(alex.reads("Who holds them"))).contains("2 restarts, first");
      assertThat(alex.messages()).hasSize(1);
    }
  }
}
