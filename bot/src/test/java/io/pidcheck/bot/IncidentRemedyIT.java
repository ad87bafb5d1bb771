package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.rig.Exploding;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** What was posted unasked is remedied from its own buttons, and says in the end by whom. */
@ResourceLock("machine")
class IncidentRemedyIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void killsFromTheIncidentsButtonAndResolvesInTheSameThreadWithTheName() {
    try (Rig rig = Rig.start().withBot(settings());
        KubernetesClient kubernetes = rig.kubernetes();
        Exploding exploding = Exploding.start(3_500)) {
      Person alex = rig.person(0);
      WatchIT.isRemembered(kubernetes);
      rig.cluster().restartCalico();
      JsonNode told = alex.sees("buttons, unasked", message -> !Person.buttons(message).isEmpty());
      alex.clicks(told, Person.button(told, "Kill " + exploding.pid()));
      assertThat(exploding.endsWithin(SOON)).isTrue();

      String who = "<@" + alex.id() + ">";
      String what = "killed " + exploding.pid() + " (";
      assertThat(Person.shown(inThread(alex, told, what))).contains(who);
      alex.sees(
          "who resolved it, in the headline",
          message ->
              isSame(message, told)
                  && Person.shown(message).startsWith(":white_check_mark: Resolved at ")
                  && Person.shown(message).contains("by " + who + ": " + what));
      assertThat(Person.shown(inThread(alex, told, "Resolved at "))).contains(who, what);
      assertThat(alex.messages()).hasSize(1);
      assertThat(Person.shown(alex.messages().getFirst())).contains("Before:", "1 restart, at");
    }
  }

  private static JsonNode inThread(Person person, JsonNode root, String words) {
    return person.sees(
        words + " in its thread",
        message ->
            message.path("thread_ts").equals(root.path("ts"))
                && !isSame(message, root)
                && Person.shown(message).contains(words));
  }

  private static boolean isSame(JsonNode message, JsonNode other) {
    return message.path("ts").equals(other.path("ts"));
  }

  private static Map<String, String> settings() {
    return Map.of(
        "PIDCHECK_WATCH_CHANNEL", "C0ALERTS",
        "PIDCHECK_WATCH_CALM", "10s",
        "PIDCHECK_RIGHTS_ACT", "S0SRE",
        "PIDCHECK_REMEDY_GRACE", "2s");
  }
}
