package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pidcheck.bot.rig.Acting;
import io.pidcheck.bot.rig.Exploding;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** From the button to the proof, over real HTTP, with a real process to be ended. */
@ResourceLock("machine")
class RemedyIT {

  private static final int THREADS = 4_000;
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void killsWhatWasSeenAndShowsBeforeAndAfter() {
    try (Rig rig = Rig.start().withBot(Acting.settings(Map.of()));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = Acting.diagnosis(rig, alex);
      JsonNode kill = Person.button(diagnosis, "Kill " + exploding.pid());
      assertThat(kill.path("confirm").toString())
          .contains("PID " + exploding.pid())
          .contains("threads")
          .contains(rig.node());
      alex.clicks(diagnosis, kill);
      JsonNode ended = alex.reads("Before:");
      assertThat(exploding.endsWithin(SOON)).isTrue();
      assertThat(ended.path("ts")).isEqualTo(diagnosis.path("ts"));
      assertThat(Person.shown(alex.reads("calico-node is Ready")))
          .contains("by <@" + alex.id() + ">")
          .contains("PID " + exploding.pid());
      assertThat(Acting.audit(rig))
          .contains("PidcheckKillRequested", "PidcheckKillDone")
          .doesNotContain("PidcheckKillRefused");
      alex.say("/pidcheck audit");
      assertThat(Person.shown(alex.reads("PidcheckKillDone"))).contains("user=" + alex.id());
    }
  }

  @Test
  void refusesWhoeverHasNoRightAndNothingHappens() {
    try (Rig rig = Rig.start().withBot(Acting.settings(Map.of()));
        Exploding exploding = Exploding.start(THREADS)) {
      Person guest = rig.person(2);
      JsonNode diagnosis = Acting.diagnosis(rig, guest);
      guest.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      JsonNode told = guest.reads("You may not do that");
      assertThat(told.path("ephemeral_to").asString()).isEqualTo(guest.id());
      assertThat(told.toString()).contains("S0SRE");
      assertThat(exploding.alive()).isTrue();
      assertThat(Acting.remedies(rig)).isEmpty();
      assertThat(Acting.audit(rig)).containsExactly("PidcheckKillRefused");
    }
  }

  @Test
  void letsNobodyActUntilSomebodyIsNamed() {
    try (Rig rig = Rig.start().withBot();
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = Acting.diagnosis(rig, alex);
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      alex.reads("The settings name nobody");
      assertThat(exploding.alive()).isTrue();
    }
  }

  @Test
  void asksTheClusterForNothingWhereLookingIsNotAllowed() {
    try (Rig rig = Rig.start().withBot(Map.of("PIDCHECK_RIGHTS_LOOK", "S0SRE"))) {
      Person guest = rig.person(2);
      guest.say("/pidcheck node " + rig.node());
      guest.reads("You may not ask");
      guest.say("/pidcheck help");
      guest.reads("checks one node");
      assertThat(Acting.jobs(rig)).isEmpty();
    }
  }

  @Test
  void actsOnceForTwoClicksAtOnce() {
    try (Rig rig = Rig.start().withBot(Acting.settings(Map.of()));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      Person liWei = rig.person(1);
      JsonNode diagnosis = Acting.diagnosis(rig, alex);
      JsonNode kill = Person.button(diagnosis, "Kill " + exploding.pid());
      CompletableFuture<Void> first =
          CompletableFuture.runAsync(() -> alex.clicks(diagnosis, kill));
      CompletableFuture<Void> second =
          CompletableFuture.runAsync(() -> liWei.clicks(diagnosis, kill));
      CompletableFuture.allOf(first, second).join();
      alex.reads("Before:");
      assertThat(exploding.endsWithin(SOON)).isTrue();
      assertThat(Acting.remedies(rig)).hasSize(1);
      await("one of them is told that the other was earlier")
          .atMost(SOON)
          .until(() -> told(alex, "asked for already") || told(liWei, "已于"));
      assertThat(told(alex, "asked for already") && told(liWei, "已于")).isFalse();
    }
  }

  @Test
  void refusesWhatWasSeenTooLongAgoAndOffersToLookAgain() {
    try (Rig rig =
            Rig.start().withBot(Acting.settings(Map.of("PIDCHECK_REMEDY_EVIDENCE_MAX_AGE", "1s")));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = Acting.diagnosis(rig, alex);
      JsonNode kill = Person.button(diagnosis, "Kill " + exploding.pid());
      long seen = System.nanoTime();
      await().atMost(SOON).until(() -> System.nanoTime() - seen > 1_500_000_000L);
      alex.clicks(diagnosis, kill);
      JsonNode told = alex.reads("look again first");
      assertThat(exploding.alive()).isTrue();
      assertThat(Acting.remedies(rig)).isEmpty();
      alex.clicks(told, Person.button(told, "Re-check"));
      alex.sees(
          "a second diagnosis",
          message ->
              !Person.buttons(message).isEmpty()
                  && message.path("ephemeral_to").asString("").isEmpty()
                  && !message.path("ts").equals(diagnosis.path("ts")));
    }
  }

  @Test
  void waitsForASecondPersonWhereThatIsAskedFor() {
    try (Rig rig =
            Rig.start().withBot(Acting.settings(Map.of("PIDCHECK_APPROVAL_KILL", "second")));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      Person liWei = rig.person(1);
      JsonNode diagnosis = Acting.diagnosis(rig, alex);
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      JsonNode waiting = alex.reads("1/2.");
      alex.clicks(waiting, Person.button(waiting, "Approve"));
      alex.reads("cannot approve it");
      rig.person(2).clicks(waiting, Person.button(waiting, "Approve"));
      rig.person(2).reads("You may not do that");
      assertThat(exploding.alive()).isTrue();
      liWei.clicks(waiting, Person.button(waiting, "Approve"));
      assertThat(Person.shown(alex.reads("Before:"))).contains("approved by <@" + liWei.id() + ">");
      assertThat(exploding.endsWithin(SOON)).isTrue();
      assertThat(Acting.audit(rig)).contains("PidcheckKillApproved");
    }
  }

  @Test
  void doesNothingWhenNobodyApprovesInTimeAndMayBeAskedAgain() {
    Map<String, String> second =
        Map.of("PIDCHECK_APPROVAL_KILL", "second", "PIDCHECK_APPROVAL_EXPIRY", "1s");
    try (Rig rig = Rig.start().withBot(Acting.settings(second));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = Acting.diagnosis(rig, alex);
      JsonNode kill = Person.button(diagnosis, "Kill " + exploding.pid());
      alex.clicks(diagnosis, kill);
      JsonNode expired = alex.reads("Nobody approved it in time");
      assertThat(exploding.alive()).isTrue();
      assertThat(Acting.remedies(rig)).hasSize(1);
      assertThat(Person.buttons(expired)).hasSize(1);
    }
  }

  @Test
  void doesEverythingButTheActInADryRun() {
    try (Rig rig = Rig.start().withBot(Acting.settings(Map.of("PIDCHECK_REMEDY_DRY_RUN", "true")));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = Acting.diagnosis(rig, alex);
      JsonNode kill = Person.button(diagnosis, "[dry run] Kill " + exploding.pid());
      assertThat(kill.path("confirm").toString()).contains("DRY RUN");
      alex.clicks(diagnosis, kill);
      assertThat(Person.shown(alex.reads("would have been killed"))).contains("DRY RUN");
      assertThat(exploding.alive()).isTrue();
    }
  }

  private static boolean told(Person person, String text) {
    return person.messages().stream()
        .anyMatch(
            message ->
                message.path("ephemeral_to").asString("").equals(person.id())
                    && Person.shown(message).contains(text));
  }
}
