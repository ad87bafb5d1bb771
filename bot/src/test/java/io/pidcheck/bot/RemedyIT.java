package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.local.cluster.fault.ClusterFault;
import io.pidcheck.bot.rig.Cut;
import io.pidcheck.bot.rig.Exploding;
import io.pidcheck.bot.rig.GatedBot;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** From the button to the proof, over real HTTP, with a real process to be ended. */
@ResourceLock("machine")
class RemedyIT {

  private static final int THREADS = 4_000;
  private static final int MOST_CHANGES = 60;
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void killsWhatWasSeenAndShowsBeforeAndAfter() {
    try (Rig rig = Rig.start().withBot(settings(Map.of()));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = diagnosis(rig, alex);
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
      assertThat(audit(rig))
          .contains("PidcheckKillRequested", "PidcheckKillDone")
          .doesNotContain("PidcheckKillRefused");
      alex.say("/pidcheck audit");
      assertThat(Person.shown(alex.reads("PidcheckKillDone"))).contains("user=" + alex.id());
    }
  }

  @Test
  void refusesWhoeverHasNoRightAndNothingHappens() {
    try (Rig rig = Rig.start().withBot(settings(Map.of()));
        Exploding exploding = Exploding.start(THREADS)) {
      Person guest = rig.person(2);
      JsonNode diagnosis = diagnosis(rig, guest);
      guest.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      JsonNode told = guest.reads("You may not do that");
      assertThat(told.path("ephemeral_to").asString()).isEqualTo(guest.id());
      assertThat(told.toString()).contains("S0SRE");
      assertThat(exploding.alive()).isTrue();
      assertThat(remedies(rig)).isEmpty();
      assertThat(audit(rig)).containsExactly("PidcheckKillRefused");
    }
  }

  @Test
  void letsNobodyActUntilSomebodyIsNamed() {
    try (Rig rig = Rig.start().withBot();
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = diagnosis(rig, alex);
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
      assertThat(jobs(rig)).isEmpty();
    }
  }

  @Test
  void actsOnceForTwoClicksAtOnce() {
    try (Rig rig = Rig.start().withBot(settings(Map.of()));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      Person liWei = rig.person(1);
      JsonNode diagnosis = diagnosis(rig, alex);
      JsonNode kill = Person.button(diagnosis, "Kill " + exploding.pid());
      CompletableFuture<Void> first =
          CompletableFuture.runAsync(() -> alex.clicks(diagnosis, kill));
      CompletableFuture<Void> second =
          CompletableFuture.runAsync(() -> liWei.clicks(diagnosis, kill));
      CompletableFuture.allOf(first, second).join();
      alex.reads("Before:");
      assertThat(exploding.endsWithin(SOON)).isTrue();
      assertThat(remedies(rig)).hasSize(1);
      await("one of them is told that the other was earlier")
          .atMost(SOON)
          .until(() -> told(alex, "asked for already") || told(liWei, "已于"));
      assertThat(told(alex, "asked for already") && told(liWei, "已于")).isFalse();
    }
  }

  @Test
  void refusesWhatWasSeenTooLongAgoAndOffersToLookAgain() {
    try (Rig rig = Rig.start().withBot(settings(Map.of("PIDCHECK_REMEDY_EVIDENCE_MAX_AGE", "1s")));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = diagnosis(rig, alex);
      JsonNode kill = Person.button(diagnosis, "Kill " + exploding.pid());
      long seen = System.nanoTime();
      await().atMost(SOON).until(() -> System.nanoTime() - seen > 1_500_000_000L);
      alex.clicks(diagnosis, kill);
      JsonNode told = alex.reads("look again first");
      assertThat(exploding.alive()).isTrue();
      assertThat(remedies(rig)).isEmpty();
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
    try (Rig rig = Rig.start().withBot(settings(Map.of("PIDCHECK_APPROVAL_KILL", "second")));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      Person liWei = rig.person(1);
      JsonNode diagnosis = diagnosis(rig, alex);
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
      assertThat(audit(rig)).contains("PidcheckKillApproved");
    }
  }

  @Test
  void doesNothingWhenNobodyApprovesInTimeAndMayBeAskedAgain() {
    Map<String, String> second =
        Map.of("PIDCHECK_APPROVAL_KILL", "second", "PIDCHECK_APPROVAL_EXPIRY", "1s");
    try (Rig rig = Rig.start().withBot(settings(second));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = diagnosis(rig, alex);
      JsonNode kill = Person.button(diagnosis, "Kill " + exploding.pid());
      alex.clicks(diagnosis, kill);
      JsonNode expired = alex.reads("Nobody approved it in time");
      assertThat(exploding.alive()).isTrue();
      assertThat(remedies(rig)).hasSize(1);
      assertThat(Person.buttons(expired)).hasSize(1);
    }
  }

  @Test
  void doesEverythingButTheActInADryRun() {
    try (Rig rig = Rig.start().withBot(settings(Map.of("PIDCHECK_REMEDY_DRY_RUN", "true")));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = diagnosis(rig, alex);
      JsonNode kill = Person.button(diagnosis, "[dry run] Kill " + exploding.pid());
      assertThat(kill.path("confirm").toString()).contains("DRY RUN");
      alex.clicks(diagnosis, kill);
      assertThat(Person.shown(alex.reads("would have been killed"))).contains("DRY RUN");
      assertThat(exploding.alive()).isTrue();
    }
  }

  @Test
  void readsTheTerminationMessageWhereTheLogCannotBeHad() {
    try (Rig rig = Rig.start().withBot(settings(Map.of()));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = diagnosis(rig, alex);
      rig.cluster().inject(new ClusterFault.LogsUnavailable("connection refused"));
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      alex.reads("Before:");
      assertThat(exploding.endsWithin(SOON)).isTrue();
    }
  }

  @Test
  void saysThatTheActCouldNotStartAndMayBeAskedAgain() {
    try (Rig rig = Rig.start().withBot(settings(Map.of("PIDCHECK_REMEDY_DEADLINE", "15s")));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = diagnosis(rig, alex);
      rig.cluster()
          .inject(new ClusterFault.ContainersFailToStart("fork/exec: resource unavailable"));
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      assertThat(Person.shown(alex.reads("could not start its pod")))
          .contains("fork/exec: resource unavailable")
          .contains("kill -9 " + exploding.pid());
      assertThat(exploding.alive()).isTrue();
      rig.cluster().clearFaults();
      JsonNode again = diagnosis(rig, alex, diagnosis);
      alex.clicks(again, Person.button(again, "Kill " + exploding.pid()));
      alex.reads("Before:");
      assertThat(exploding.endsWithin(SOON)).isTrue();
      assertThat(remedies(rig)).hasSize(2);
    }
  }

  @Test
  void endsTrueWhereItsJobWasDeletedWhileNoBotRan() {
    try (Rig rig = Rig.start().withBot(settings(Map.of()));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = diagnosis(rig, alex);
      rig.cluster().inject(new ClusterFault.SandboxFails("fork/exec: unavailable"));
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      alex.reads("executing, by");
      rig.stopBot();
      deleteRemedies(rig);
      rig.cluster().clearFaults();
      rig.withBot(settings(Map.of()));
      JsonNode ended = alex.reads("Whether it was done is not known");
      assertThat(ended.path("ts")).isEqualTo(diagnosis.path("ts"));
      assertThat(Person.shown(ended)).contains("its Job is gone").doesNotContain("executing");
      assertThat(Person.button(ended, "Re-check")).isNotNull();
      assertThat(exploding.alive()).isTrue();
      await("the note is gone").atMost(SOON).until(() -> notes(rig) == 0);
    }
  }

  @Test
  void endsTrueWhereItsJobIsDeletedBeforeItsEyes() {
    Map<String, String> second = Map.of("PIDCHECK_APPROVAL_KILL", "second");
    try (Rig rig = Rig.start().withBot(settings(second));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = diagnosis(rig, alex);
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      alex.reads("1/2.");
      deleteRemedies(rig);
      JsonNode ended = alex.reads("its Job was deleted while it waited");
      assertThat(Person.shown(ended)).contains("Nothing was done");
      assertThat(Person.buttons(ended)).hasSize(1);
      assertThat(exploding.alive()).isTrue();
    }
  }

  @Test
  void saysNoLongerThatItMeasuresOnceTheJobIsGone() {
    try (Rig rig = Rig.start().withBot(settings(Map.of()));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = diagnosis(rig, alex);
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      assertThat(exploding.endsWithin(SOON)).isTrue();
      rig.cluster().inject(new ClusterFault.ContainersFailToStart("not now")); // the measurement
      alex.reads("being measured again");
      deleteRemedies(rig);
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
    try (Rig rig = Rig.start().withBot(settings(Map.of()));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = diagnosis(rig, alex);
      alex.fault(
          Map.of("rate_limit", Map.of("method", "chat.update", "retry_after_s", 1, "times", 3)));
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      alex.reads("Before:");
      assertThat(exploding.endsWithin(SOON)).isTrue();
      assertThat(remedies(rig)).hasSize(1);
    }
  }

  @Test
  void goesOnWhenTheSocketWasDroppedRightAfterTheClick() {
    try (Rig rig = Rig.start().withBot(settings(Map.of()));
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = diagnosis(rig, alex);
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      alex.fault(Map.of("socket", "drop"));
      alex.reads("Before:");
      assertThat(exploding.endsWithin(SOON)).isTrue();
      assertThat(remedies(rig)).hasSize(1);
    }
  }

  @Test
  void goesOnWhenTheApiServerWasGoneForHalfAMinute() {
    Cut never = new Cut(Integer.MAX_VALUE, Cut.Side.BEFORE);
    try (Rig rig = Rig.start();
        GatedBot bot = GatedBot.start(rig, settings(Map.of()), never);
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis = diagnosis(rig, alex);
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      await("the act is claimed").atMost(SOON).until(() -> remedies(rig).size() == 1);
      bot.cluster().shut();
      long gone = System.nanoTime();
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> System.nanoTime() - gone > 30_000_000_000L);
      bot.cluster().open();
      alex.reads("Before:");
      assertThat(exploding.endsWithin(SOON)).isTrue();
      assertThat(remedies(rig)).hasSize(1);
    }
  }

  /** Killed at every one of its changes of the world in turn, and started again. */
  @ParameterizedTest
  @EnumSource(Cut.Side.class)
  void actsOnceOrNotAtAllWhereverItIsKilledAndTheMessageEndsTrue(Cut.Side side) {
    int step = 1;
    while (step <= MOST_CHANGES && cutAt(step, side)) {
      step++;
    }
    System.out.println("killed at each of " + (step - 1) + " changes, " + side);
    assertThat(step).isGreaterThan(4).isLessThan(MOST_CHANGES);
  }

  /** False where the bot comes to the end before its n-th change. */
  private static boolean cutAt(int step, Cut.Side side) {
    Cut cut = new Cut(step, side);
    try (Rig rig = Rig.start();
        Exploding exploding = Exploding.start(THREADS)) {
      Person alex = rig.person(0);
      JsonNode diagnosis;
      boolean happened;
      try (GatedBot first = GatedBot.start(rig, settings(Map.of()), cut)) {
        assertThat(first).isNotNull();
        diagnosis = diagnosis(rig, alex);
        settled(rig);
        cut.begin();
        alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
        happened = cutOrEnd(cut, rig);
      }
      try (GatedBot second =
          GatedBot.start(rig, settings(Map.of()), new Cut(Integer.MAX_VALUE, Cut.Side.BEFORE))) {
        assertThat(second).isNotNull();
        assertThat(remedies(rig)).as("step %d", step).hasSizeLessThanOrEqualTo(1);
        if (remedies(rig).isEmpty()) {
          assertThat(exploding.alive()).as("step %d", step).isTrue();
        } else {
          await("step " + step).atMost(SOON).until(() -> reported(rig));
          assertThat(exploding.endsWithin(SOON)).as("step %d", step).isTrue();
          assertThat(Person.shown(alex.reads("Before:"))).contains("calico-node is Ready");
        }
      }
      return happened;
    }
  }

  /** The diagnosis itself is all said: what comes now comes of the click. */
  private static void settled(Rig rig) {
    await("the check is marked as answered")
        .atMost(SOON)
        .until(
            () ->
                jobs(rig).stream()
                    .allMatch(
                        job ->
                            job.getMetadata()
                                .getAnnotations()
                                .containsKey("pidcheck.io/reported")));
  }

  private static boolean cutOrEnd(Cut cut, Rig rig) {
    await("cut off, or done")
        .atMost(SOON)
        .until(() -> cut.within(1) || (!remedies(rig).isEmpty() && reported(rig)));
    return cut.within(1);
  }

  private static boolean reported(Rig rig) {
    return remedies(rig).stream()
        .allMatch(job -> job.getMetadata().getAnnotations().containsKey("pidcheck.io/reported"));
  }

  private static boolean told(Person person, String text) {
    return person.messages().stream()
        .anyMatch(
            message ->
                message.path("ephemeral_to").asString("").equals(person.id())
                    && Person.shown(message).contains(text));
  }

  private static Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("PIDCHECK_RIGHTS_ACT", "S0SRE");
    settings.put("PIDCHECK_REMEDY_GRACE", "2s");
    settings.put("PIDCHECK_LEADER_LEASE", "2s"); // whoever was killed is replaced soon
    settings.putAll(more);
    return settings;
  }

  private static JsonNode diagnosis(Rig rig, Person person) {
    person.say("/pidcheck node " + rig.node());
    return person.sees("buttons", message -> !Person.buttons(message).isEmpty());
  }

  private static JsonNode diagnosis(Rig rig, Person person, JsonNode other) {
    person.say("/pidcheck node " + rig.node());
    return person.sees(
        "buttons again",
        message ->
            Person.buttons(message).size() > 1 && !message.path("ts").equals(other.path("ts")));
  }

  private static List<Job> jobs(Rig rig) {
    try (KubernetesClient client = client(rig)) {
      return client.batch().v1().jobs().inNamespace("pidcheck").list().getItems();
    }
  }

  private static List<Job> remedies(Rig rig) {
    return jobs(rig).stream()
        .filter(
            job ->
                "remedy".equals(job.getMetadata().getLabels().get("app.kubernetes.io/component")))
        .toList();
  }

  /** As a person does it, who gives the pods no thought. */
  private static void deleteRemedies(Rig rig) {
    try (KubernetesClient client = client(rig)) {
      for (Job job : remedies(rig)) {
        client
            .batch()
            .v1()
            .jobs()
            .inNamespace("pidcheck")
            .withName(job.getMetadata().getName())
            .withPropagationPolicy(DeletionPropagation.BACKGROUND)
            .delete();
      }
    }
  }

  private static int notes(Rig rig) {
    try (KubernetesClient client = client(rig)) {
      return client
          .configMaps()
          .inNamespace("pidcheck")
          .withLabel("app.kubernetes.io/component", "act-note")
          .list()
          .getItems()
          .size();
    }
  }

  private static List<String> audit(Rig rig) {
    try (KubernetesClient client = client(rig)) {
      return client
          .v1()
          .events()
          .inNamespace("default")
          .withLabel("app.kubernetes.io/managed-by", "pidcheck")
          .list()
          .getItems()
          .stream()
          .map(Event::getReason)
          .toList();
    }
  }

  private static KubernetesClient client(Rig rig) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(rig.cluster().kubeconfig().toFile()))
        .build();
  }
}
