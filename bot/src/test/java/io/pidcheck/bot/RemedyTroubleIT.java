package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pidcheck.bot.local.cluster.fault.ClusterFault;
import io.pidcheck.bot.rig.Acting;
import io.pidcheck.bot.rig.Cut;
import io.pidcheck.bot.rig.Exploding;
import io.pidcheck.bot.rig.GatedBot;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/**
 * An act in a world that breaks down around it: it is done once or not at all, and told as it was.
 * See {@link KilledActIT} for a bot that is killed.
 */
@ResourceLock("machine")
class RemedyTroubleIT {

  private static final int THREADS = 4_000;
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void readsTheTerminationMessageWhereTheLogCannotBeHad() {
    try (Rig rig = Rig.start().withBot(Acting.settings(Map.of()));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = Acting.diagnosis(rig, alex);
      rig.cluster().inject(new ClusterFault.LogsUnavailable("connection refused"));
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      alex.reads("Before:");
      assertThat(exploding.endsWithin(SOON)).isTrue();
    }
  }

  @Test
  void saysThatTheActCouldNotStartAndMayBeAskedAgain() {
    try (Rig rig = Rig.start().withBot(Acting.settings(Map.of("PIDCHECK_REMEDY_DEADLINE", "15s")));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = Acting.diagnosis(rig, alex);
      rig.cluster()
          .inject(new ClusterFault.ContainersFailToStart("fork/exec: resource unavailable"));
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      assertThat(Person.shown(alex.reads("could not start its pod")))
          .contains("fork/exec: resource unavailable")
          .contains("kill -9 " + exploding.pid());
      assertThat(exploding.alive()).isTrue();
      rig.cluster().clearFaults();
      JsonNode again = Acting.diagnosis(rig, alex, diagnosis);
      alex.clicks(again, Person.button(again, "Kill " + exploding.pid()));
      alex.reads("Before:");
      assertThat(exploding.endsWithin(SOON)).isTrue();
      assertThat(Acting.remedies(rig)).hasSize(2);
    }
  }

  @Test
  void endsTrueWhereItsJobWasDeletedWhileNoBotRan() {
    try (Rig rig = Rig.start().withBot(Acting.settings(Map.of()));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = Acting.diagnosis(rig, alex);
      rig.cluster().inject(new ClusterFault.SandboxFails("fork/exec: unavailable"));
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      alex.reads("executing, by");
      rig.stopBot();
      Acting.deleteRemedies(rig);
      rig.cluster().clearFaults();
      rig.withBot(Acting.settings(Map.of()));
      JsonNode ended = alex.reads("Whether it was done is not known");
      assertThat(ended.path("ts")).isEqualTo(diagnosis.path("ts"));
      assertThat(Person.shown(ended)).contains("its Job is gone").doesNotContain("executing");
      assertThat(Person.button(ended, "Re-check")).isNotNull();
      assertThat(exploding.alive()).isTrue();
      await("the note is gone").atMost(SOON).until(() -> Acting.notes(rig) == 0);
    }
  }

  @Test
  void endsTrueWhereItsJobIsDeletedBeforeItsEyes() {
    Map<String, String> second = Map.of("PIDCHECK_APPROVAL_KILL", "second");
    try (Rig rig = Rig.start().withBot(Acting.settings(second));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = Acting.diagnosis(rig, alex);
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      alex.reads("1/2.");
      Acting.deleteRemedies(rig);
      JsonNode ended = alex.reads("its Job was deleted while it waited");
      assertThat(Person.shown(ended)).contains("Nothing was done");
      assertThat(Person.buttons(ended)).hasSize(1);
      assertThat(exploding.alive()).isTrue();
    }
  }

  @Test
  void saysNoLongerThatItMeasuresOnceTheJobIsGone() {
    try (Rig rig = Rig.start().withBot(Acting.settings(Map.of()));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = Acting.diagnosis(rig, alex);
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      assertThat(exploding.endsWithin(SOON)).isTrue();
      rig.cluster().inject(new ClusterFault.ContainersFailToStart("not now")); // the measurement
      alex.reads("being measured again");
      Acting.deleteRemedies(rig);
      JsonNode ended =
          alex.sees(
              "the last word",
              message ->
                  message.path("ts").equals(diagnosis.path("ts"))
                      && Person.shown(message).contains("by SIGTERM")
                      && !Person.shown(message).contains("being measured again"));
      assertThat(Person.shown(ended)).doesNotContain("being watched").doesNotContain("not known");
    }
  }

  @Test
  void waitsAsLongAsSlackAsksItTo() {
    try (Rig rig = Rig.start().withBot(Acting.settings(Map.of()));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = Acting.diagnosis(rig, alex);
      alex.fault(
          Map.of("rate_limit", Map.of("method", "chat.update", "retry_after_s", 1, "times", 3)));
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      alex.reads("Before:");
      assertThat(exploding.endsWithin(SOON)).isTrue();
      assertThat(Acting.remedies(rig)).hasSize(1);
    }
  }

  @Test
  void goesOnWhenTheSocketWasDroppedRightAfterTheClick() {
    try (Rig rig = Rig.start().withBot(Acting.settings(Map.of()));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = Acting.diagnosis(rig, alex);
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      alex.fault(Map.of("socket", "drop"));
      alex.reads("Before:");
      assertThat(exploding.endsWithin(SOON)).isTrue();
      assertThat(Acting.remedies(rig)).hasSize(1);
    }
  }

  @Test
  void goesOnWhenTheApiServerWasGoneForHalfAMinute() {
    Cut never = new Cut(Integer.MAX_VALUE, Cut.Side.BEFORE);
    try (Rig rig = Rig.start();
        GatedBot bot = GatedBot.start(rig, Acting.settings(Map.of()), never);
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = Acting.diagnosis(rig, alex);
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      await("the act is claimed").atMost(SOON).until(() -> Acting.remedies(rig).size() == 1);
      bot.cluster().shut();
      long gone = System.nanoTime();
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> System.nanoTime() - gone > 30_000_000_000L);
      bot.cluster().open();
      alex.reads("Before:");
      assertThat(exploding.endsWithin(SOON)).isTrue();
      assertThat(Acting.remedies(rig)).hasSize(1);
    }
  }
}
