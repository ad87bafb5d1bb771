package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.rig.KillableBot;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/**
 * Two replicas as processes of their own, and SIGKILL for the one that leads: at each change by
 * which it tells a restart, from the first note of it to its end.
 */
@ResourceLock("machine")
class KilledLeaderIT {

  // more changes than telling one restart, its diagnosis and its end has
  private static final int MOST_STEPS = 60;
  private static final Duration PATIENT = Duration.ofMinutes(1);
  private static final Duration TAKEOVER = Duration.ofSeconds(15);

  private final List<KillableBot> replicas = new CopyOnWriteArrayList<>();

  @AfterEach
  void endAll() {
    replicas.forEach(KillableBot::close);
  }

  /** Mostly it waits for leases: one walks over the odd changes, another over the even ones. */
  @Test
  void tellsEachRestartOnceWhereverTheLeaderIsKilled() {
    CompletableFuture<Integer> odd = CompletableFuture.supplyAsync(() -> walk(1));
    CompletableFuture<Integer> even = CompletableFuture.supplyAsync(() -> walk(2));
    int steps = Math.min(odd.join(), even.join()) - 1;
    System.out.println("killed after each of " + steps + " changes: told once each time");
    assertThat(steps).isBetween(10, MOST_STEPS - 1);
  }

  @Test
  void isReplacedWithinFifteenSecondsAsItIsSetUp() {
    Map<String, String> asDeployed = Map.of("PIDCHECK_WATCH_CHANNEL", "C0ALERTS");
    try (Rig rig = Rig.start();
        KubernetesClient kubernetes = rig.kubernetes()) {
      KillableBot leader = leading(rig, kubernetes, asDeployed);
      standingBy(rig, asDeployed);
      String first = leads(kubernetes).orElseThrow();
      leader.kill();
      rig.cluster().restartCalico(); // nobody sees it now
      await("the other one leads").atMost(PATIENT).until(() -> isAnother(kubernetes, first));
      Duration took = Duration.ofNanos(System.nanoTime() - leader.killedAt());
      System.out.println("the leader killed; the other led after " + took.toMillis() + " ms");
      assertThat(took).as("from SIGKILL to the next leader").isLessThan(TAKEOVER);
      Person alex = rig.person(0);
      assertThat(Person.shown(alex.reads("Who holds them"))).contains("1 restart, at");
      assertThat(alex.messages()).hasSize(1);
    }
  }

  /** Every second change from that one on; the first that never comes ends the walk. */
  private int walk(int first) {
    Map<String, String> settings =
        Map.of(
            "PIDCHECK_WATCH_CHANNEL", "C0ALERTS",
            "PIDCHECK_WATCH_CALM", "2s",
            "PIDCHECK_LEADER_LEASE", "3s");
    try (Rig rig = Rig.start();
        KubernetesClient kubernetes = rig.kubernetes()) {
      KillableBot leader = leading(rig, kubernetes, settings);
      int restarts = 0;
      for (int step = first; step < MOST_STEPS; step += 2) {
        KillableBot other = standingBy(rig, settings);
        leader.killAt(step);
        rig.cluster().restartCalico();
        areToldOnce(rig.person(0), ++restarts, step);
        if (!leader.killed()) {
          return step;
        }
        leader = other;
      }
      return MOST_STEPS + 1;
    }
  }

  /** The diagnosis, its headline's end, and one line in the thread for that. */
  private static void areToldOnce(Person person, int restarts, int step) {
    await("told at step " + step)
        .atMost(PATIENT)
        .until(() -> whole(person) >= restarts && person.replies().size() >= restarts);
    List<JsonNode> messages = person.messages();
    assertThat(messages).as("messages after step %d", step).hasSize(restarts);
    assertThat(person.replies()).as("ends in threads after step %d", step).hasSize(restarts);
    assertThat(messages)
        .as("restarts after step %d", step)
        .allSatisfy(message -> assertThat(Person.shown(message)).contains("1 restart, at"));
  }

  private static long whole(Person person) {
    return person.messages().stream()
        .map(Person::shown)
        .filter(text -> text.contains("Over since") && text.contains("Who holds them"))
        .count();
  }

  private KillableBot leading(Rig rig, KubernetesClient kubernetes, Map<String, String> settings) {
    KillableBot bot = standingBy(rig, settings);
    WatchIT.isRemembered(kubernetes);
    return bot;
  }

  private KillableBot standingBy(Rig rig, Map<String, String> settings) {
    KillableBot bot = KillableBot.start(rig, settings);
    replicas.add(bot);
    await("a replica is ready").atMost(PATIENT).until(bot::ready);
    return bot;
  }

  private static boolean isAnother(KubernetesClient kubernetes, String first) {
    return leads(kubernetes).filter(holder -> !holder.equals(first)).isPresent();
  }

  private static Optional<String> leads(KubernetesClient kubernetes) {
    return Optional.ofNullable(
            kubernetes.leases().inNamespace("pidcheck").withName("pidcheck-leader").get())
        .map(lease -> lease.getSpec().getHolderIdentity())
        .filter(holder -> !holder.isEmpty());
  }
}
