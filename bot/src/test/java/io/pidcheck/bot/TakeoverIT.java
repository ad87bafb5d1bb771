package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.rig.KillableBot;
import io.pidcheck.bot.rig.Line;
import io.pidcheck.bot.rig.Line.Cut;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Two replicas; the leader is cut off from everything, and lives, before each step of telling a
 * restart, and the other one goes on. See {@link KilledLeaderIT} for one that is killed.
 */
@ResourceLock("machine")
class TakeoverIT {

  // more steps than telling one restart has
  private static final int MOST_STEPS = 40;

  /** Mostly it waits for leases: one walks over the odd steps, another over the even ones. */
  @Test
  void tellsEachRestartOnceWhereverTheLeaderIsCutOff() throws Exception {
    int steps;
    try (ExecutorService walks = Executors.newFixedThreadPool(2)) {
      Future<Integer> odd = walks.submit(() -> walk(1));
      Future<Integer> even = walks.submit(() -> walk(2));
      steps = Math.min(odd.get(), even.get()) - 1;
    }
    System.out.println("cut off before each of " + steps + " steps: told once each time");
    assertThat(steps).isBetween(4, MOST_STEPS - 1);
  }

  /** Every second step from that one on; the first that is never reached ends the walk. */
  private static int walk(int first) throws Exception {
    int step = first;
    while (step < MOST_STEPS && isToldOnce(step)) {
      step += 2;
    }
    return step < MOST_STEPS ? step : MOST_STEPS + 1;
  }

  private static boolean isToldOnce(int step) throws Exception {
    try (Rig rig = Rig.start();
        Line line = new Line(Cut.BEFORE);
        KubernetesClient kubernetes = rig.kubernetes();
        Bot _ = bot(through(line, rig))) {
      WatchIT.isRemembered(kubernetes);
      try (Bot other = bot(settings(rig))) {
        Person alex = rig.person(0);
        other.connected().join();
        line.cutAt(step);
        rig.cluster().restartCalico();
        String told = Person.shown(alex.reads("Who holds them"));
        assertThat(told).as("cut off before step %d", step).contains("1 restart, at");
        if (line.isCut()) {
          // whoever leads now has nothing more to say
          await("the other one leads")
              .atMost(Person.SOON)
              .until(() -> leads(kubernetes).equals(Optional.of(other.replica())));
        }
        assertThat(alex.messages()).as("cut off before step %d", step).hasSize(1);
        return line.isCut();
      }
    }
  }

  private static Optional<String> leads(KubernetesClient kubernetes) {
    return Optional.ofNullable(
            kubernetes.leases().inNamespace("pidcheck").withName("pidcheck-leader").get())
        .map(lease -> lease.getSpec().getHolderIdentity());
  }

  private static Bot bot(Map<String, String> environment) throws Exception {
    return Bot.start(SettingsReader.read(Optional.empty(), environment));
  }

  private static Map<String, String> settings(Rig rig) {
    Map<String, String> environment = new HashMap<>(rig.environment());
    environment.put("PIDCHECK_WATCH_CHANNEL", "C0ALERTS");
    environment.put("PIDCHECK_LEADER_LEASE", "2s");
    return environment;
  }

  private static Map<String, String> through(Line line, Rig rig) throws IOException {
    Map<String, String> environment = settings(rig);
    environment.put("KUBECONFIG", KillableBot.through(line, rig.cluster().kubeconfig()).toString());
    environment.computeIfPresent(
        "PIDCHECK_SLACK_API_URL", (key, slack) -> line.to(URI.create(slack)).toString());
    return environment;
  }
}
