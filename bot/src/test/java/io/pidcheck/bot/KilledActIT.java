package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.pidcheck.bot.rig.Acting;
import io.pidcheck.bot.rig.Cut;
import io.pidcheck.bot.rig.Exploding;
import io.pidcheck.bot.rig.GatedBot;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** A bot is killed at every one of its changes of the world in turn, and started again. */
@ResourceLock("machine")
class KilledActIT {

  private static final int THREADS = 4_000;
  private static final int MOST_CHANGES = 60;
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Map<String, String> SETTINGS = Acting.settings(Map.of());

  /** Mostly it waits: each side of a change has a world of its own, and both go at once. */
  @Test
  void actsOnceOrNotAtAllWhereverItIsKilledAndTheMessageEndsTrue() {
    try (ExecutorService walks = Executors.newFixedThreadPool(Cut.Side.values().length)) {
      List<CompletableFuture<Void>> both =
          List.of(Cut.Side.values()).stream()
              .map(side -> CompletableFuture.runAsync(() -> walk(side), walks))
              .toList();
      both.forEach(CompletableFuture::join);
    }
  }

  private static void walk(Cut.Side side) {
    int step = 1;
    try (World world = new World(side)) {
      while (step <= MOST_CHANGES && world.cutAt(step)) {
        step++;
      }
    }
    System.out.println("killed at each of " + (step - 1) + " changes, " + side);
    assertThat(step).isGreaterThan(4).isLessThan(MOST_CHANGES);
  }

  /** Where one bot after the other acts: who was started after a death dies next. */
  private static final class World implements AutoCloseable {

    private final Rig rig = Rig.start();
    private final Person alex = rig.person(0);
    private final Cut.Side side;
    private final Set<String> diagnoses = new HashSet<>();
    private final Set<String> acts = new HashSet<>();
    private Cut cut;
    private GatedBot bot;
    private Exploding exploding = Exploding.start(THREADS);

    World(Cut.Side side) {
      this.side = side;
      cut = new Cut(1, side);
      bot = GatedBot.start(rig, SETTINGS, cut);
    }

    /** False where the bot comes to the end before its n-th change. */
    boolean cutAt(int step) {
      if (!exploding.alive()) {
        exploding = Exploding.start(THREADS);
      }
      JsonNode diagnosis = diagnosis();
      settled();
      cut.begin();
      alex.clicks(diagnosis, kill(diagnosis));
      await("cut off, or done").atMost(SOON).until(() -> cut.within(1) || isDone());
      boolean happened = cut.within(1);
      bot.close();
      rig.endLease();
      cut = new Cut(step + 1, side);
      bot = GatedBot.start(rig, SETTINGS, cut);
      endsTrue(diagnosis, side + " of change " + step);
      return happened;
    }

    private void endsTrue(JsonNode diagnosis, String where) {
      List<String> now = newActs();
      assertThat(now).as(where).hasSizeLessThanOrEqualTo(1);
      if (now.isEmpty()) {
        assertThat(exploding.alive()).as(where).isTrue();
        return;
      }
      await(where).atMost(SOON).until(() -> Acting.reported(rig));
      assertThat(exploding.endsWithin(SOON)).as(where).isTrue();
      assertThat(newActs()).as(where).isEqualTo(now);
      JsonNode ended =
          alex.sees(
              where,
              message ->
                  message.path("ts").equals(diagnosis.path("ts"))
                      && Person.shown(message).contains("Before:"));
      assertThat(Person.shown(ended)).as(where).contains("calico-node is Ready");
      acts.addAll(now);
    }

    /** Of what takes the PIDs now, in a message of its own. */
    private JsonNode diagnosis() {
      alex.say("/pidcheck node " + rig.node());
      JsonNode diagnosis =
          alex.sees(
              "buttons",
              message ->
                  !Person.buttons(message).isEmpty()
                      && !diagnoses.contains(message.path("ts").asString()));
      diagnoses.add(diagnosis.path("ts").asString());
      return diagnosis;
    }

    private JsonNode kill(JsonNode diagnosis) {
      return Person.button(diagnosis, "Kill " + exploding.pid());
    }

    /** The diagnosis itself is all said: what comes now comes of the click. */
    private void settled() {
      await("the check is marked as answered")
          .atMost(SOON)
          .until(
              () ->
                  Acting.jobs(rig).stream()
                      .allMatch(
                          job ->
                              job.getMetadata()
                                  .getAnnotations()
                                  .containsKey("pidcheck.io/reported")));
    }

    private boolean isDone() {
      return !newActs().isEmpty() && Acting.reported(rig);
    }

    private List<String> newActs() {
      return Acting.remedies(rig).stream()
          .map(Job::getMetadata)
          .map(meta -> meta.getName())
          .filter(name -> !acts.contains(name))
          .toList();
    }

    @Override
    public void close() {
      bot.close();
      exploding.close();
      rig.close();
    }
  }
}
