package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pidcheck.bot.rig.Exploding;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import io.pidcheck.bot.rig.StandingBy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** A kill from the button by the probe that stands by, and what hinders it. */
@ResourceLock("machine")
class StandbyRemedyIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Map<String, String> SETTINGS =
      Map.of("PIDCHECK_RIGHTS_ACT", "S0SRE", "PIDCHECK_PROBE_STANDBY_ANSWERS", "3s");

  @Test
  void killsWithoutAPodAndMeasuresAgainWithoutOne() {
    try (Rig rig = Rig.start();
        Exploding exploding = Exploding.start(4_000)) {
      StandingBy.standsBy(rig, true);
      Person alex = rig.withBot(SETTINGS).person(0);
      JsonNode diagnosis = diagnosis(rig, alex, exploding);
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      assertThat(Person.shown(alex.reads("Before:"))).contains("ended by SIGTERM");
      assertThat(exploding.endsWithin(SOON)).isTrue();
      assertThat(StandingBy.podsOfJobs(rig)).isEmpty();
    }
  }

  @Test
  void isNotAskedToActWhereItMayOnlyLook() {
    try (Rig rig = Rig.start();
        Exploding exploding = Exploding.start(4_000)) {
      StandingBy.standsBy(rig, false);
      Person alex = rig.withBot(SETTINGS).person(0);
      JsonNode diagnosis = diagnosis(rig, alex, exploding);
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      assertThat(Person.shown(alex.reads("Before:")))
          .contains("may only look; a pod was created instead");
      assertThat(exploding.endsWithin(SOON)).isTrue();
      assertThat(StandingBy.podsOfJobs(rig)).hasSize(1); // and the look after it was without one
    }
  }

  @Test
  void actsOnceAlsoWhenItWakesUpAfterAPodHasDoneIt() {
    try (Rig rig = Rig.start();
        Exploding exploding = Exploding.start(4_000)) {
      ProcessHandle standby = StandingBy.standsBy(rig, true);
      Person alex = rig.withBot(SETTINGS).person(0);
      JsonNode diagnosis = diagnosis(rig, alex, exploding);
      StandingBy.signal(standby, "STOP");
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      assertThat(Person.shown(alex.reads("Before:")))
          .contains("ended by SIGTERM")
          .contains("did not answer in time; a pod was created instead");
      StandingBy.signal(standby, "CONT");
      long before = StandingBy.told(alex, StandingBy.SAYS);
      alex.say("/pidcheck node " + rig.node());
      await("it has gone through all orders before this one")
          .atMost(SOON)
          .until(() -> StandingBy.told(alex, StandingBy.SAYS) > before);
      assertThat(orders(rig, "kill")).noneMatch(said -> said.contains("begun"));
      assertThat(exploding.endsWithin(SOON)).isTrue();
    }
  }

  @Test
  void killsOnceASecondPersonHasApprovedAndNotBefore() {
    try (Rig rig = Rig.start();
        Exploding exploding = Exploding.start(4_000)) {
      StandingBy.standsBy(rig, true);
      Map<String, String> second = new HashMap<>(SETTINGS);
      second.put("PIDCHECK_APPROVAL_KILL", "second");
      Person alex = rig.withBot(second).person(0);
      Person liWei = rig.person(1);
      JsonNode diagnosis = diagnosis(rig, alex, exploding);
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      JsonNode waiting = alex.reads("1/2.");
      alex.say("/pidcheck node " + rig.node());
      await("another order, given after it, is answered")
          .atMost(SOON)
          .until(() -> StandingBy.told(alex, StandingBy.SAYS) > 1);
      assertThat(orders(rig, "kill")).isEmpty();
      assertThat(exploding.alive()).isTrue();
      liWei.clicks(waiting, Person.button(waiting, "Approve"));
      assertThat(Person.shown(alex.reads("Before:")))
          .contains("ended by SIGTERM")
          .contains("approved by <@" + liWei.id() + ">");
      assertThat(exploding.endsWithin(SOON)).isTrue();
      assertThat(StandingBy.podsOfJobs(rig)).isEmpty();
    }
  }

  @Test
  void isToldNotToBeKnownWhereItIsKilledWhileItKillsAndNoPodTriesItToo() {
    Map<String, String> slow = new HashMap<>(SETTINGS);
    slow.put("PIDCHECK_REMEDY_GRACE", "50s");
    try (Rig rig = Rig.start();
        Exploding exploding = Exploding.start(4_000)) {
      ProcessHandle standby = StandingBy.standsBy(rig, true);
      Person alex = rig.withBot(slow).person(0);
      JsonNode diagnosis = diagnosis(rig, alex, exploding);
      ProcessHandle stopped = ProcessHandle.of(exploding.pid()).orElseThrow();
      StandingBy.signal(stopped, "STOP"); // and does not see SIGTERM
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      await("it has begun")
          .atMost(SOON)
          .until(() -> orders(rig, "kill").stream().anyMatch(said -> said.contains("begun")));
      standby.destroyForcibly();
      assertThat(Person.shown(alex.reads("the standby probe was ended while it did it")))
          .doesNotContain("a pod was created");
      assertThat(StandingBy.podsOfJobs(rig)).isEmpty();
      StandingBy.signal(stopped, "CONT");
    }
  }

  private static JsonNode diagnosis(Rig rig, Person person, Exploding exploding) {
    person.say("/pidcheck node " + rig.node());
    JsonNode diagnosis =
        person.sees(
            "a button to kill with",
            message ->
                Person.shown(message).contains(StandingBy.SAYS)
                    && Person.buttons(message).stream()
                        .anyMatch(button -> button.toString().contains("" + exploding.pid())));
    return diagnosis;
  }

  /** What was said of the orders of Jobs with this word in their names. */
  private static List<String> orders(Rig rig, String word) {
    List<String> uids =
        StandingBy.cluster(
            rig,
            client ->
                client.batch().v1().jobs().inNamespace("pidcheck").list().getItems().stream()
                    .filter(job -> job.getMetadata().getName().contains("-" + word + "-"))
                    .map(job -> job.getMetadata().getUid())
                    .toList());
    return StandingBy.log(rig)
        .lines()
        .filter(line -> uids.stream().anyMatch(line::contains))
        .toList();
  }
}
