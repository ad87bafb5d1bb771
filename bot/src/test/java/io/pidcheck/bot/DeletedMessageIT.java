package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.rig.ManyNodes;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** Somebody deletes what the bot has posted, and the trouble goes on. */
@ResourceLock("machine")
class DeletedMessageIT {

  private static final String CHANNEL = "C0ALERTS";

  @Test
  void postsAnewAtTheNextSignAndNotBefore() throws Exception {
    try (Rig rig = Rig.start().withBot(settings());
        KubernetesClient kubernetes = rig.kubernetes()) {
      Person alex = rig.person(0);
      WatchIT.isRemembered(kubernetes);
      rig.cluster().restartCalico();
      JsonNode first = whole(alex, "1 restart, at");
      delete(rig, first);
      assertThat(alex.messages()).isEmpty();
      rig.cluster().restartCalico();
      JsonNode second = whole(alex, "2 restarts, first");
      assertThat(second.path("ts")).isNotEqualTo(first.path("ts"));
      rig.cluster().restartCalico();
      assertThat(whole(alex, "3 restarts, first").path("ts")).isEqualTo(second.path("ts"));
      alex.sees("the third in its thread", message -> isReplyTo(message, second));
      assertThat(alex.messages()).hasSize(1);
    }
  }

  @Test
  void editsAndItsEndAreNoReasonToPostAnew() throws Exception {
    try (Rig rig = Rig.start().withBot(settings("PIDCHECK_WATCH_CALM", "3s"));
        KubernetesClient kubernetes = rig.kubernetes()) {
      Person alex = rig.person(0);
      WatchIT.isRemembered(kubernetes);
      rig.cluster().restartCalico();
      delete(rig, alex.reads("calico-node on " + rig.node() + " restarted"));
      await("its end is written down")
          .atMost(Person.SOON)
          .until(() -> WatchIT.ledger(kubernetes).contains("\"reason\":\"CALM\""));
      assertThat(alex.messages()).isEmpty();
      rig.cluster().restartCalico();
      assertThat(Person.shown(alex.reads("Who holds them"))).contains("1 restart, at");
      assertThat(alex.messages()).hasSize(1);
      assertThat(alex.replies()).isEmpty();
    }
  }

  @Test
  void postsTheSummaryOfManyNodesAnewAtTheNextSign() throws Exception {
    try (Rig rig = Rig.start().withBot(settings());
        KubernetesClient kubernetes = rig.kubernetes()) {
      Person alex = rig.person(0);
      ManyNodes nodes = ManyNodes.create(kubernetes, 8);
      WatchIT.isRemembered(kubernetes, nodes);
      StormIT.away(alex);
      nodes.restart(7);
      await("all are known").atMost(Person.SOON).until(() -> WatchIT.incidents(kubernetes) == 7);
      alex.fault(Map.of("clear", true));
      String seventh = nodes.names().skip(6).findFirst().orElseThrow();
      String eighth = nodes.names().skip(7).findFirst().orElseThrow();
      JsonNode first = alex.reads(seventh);
      delete(rig, first);
      nodes.restartAll();
      JsonNode second = alex.reads(eighth);
      assertThat(second.path("ts")).isNotEqualTo(first.path("ts"));
      assertThat(Person.shown(second)).contains(seventh);
      assertThat(alex.messages()).hasSize(1);
    }
  }

  private static JsonNode whole(Person person, String restarts) {
    return person.sees(
        restarts + " with its diagnosis",
        message ->
            Person.shown(message).contains(restarts)
                && Person.shown(message).contains("Who holds them"));
  }

  private static boolean isReplyTo(JsonNode message, JsonNode root) {
    return message.path("thread_ts").equals(root.path("ts"))
        && !message.path("ts").equals(root.path("ts"));
  }

  private static Map<String, String> settings(String... more) {
    return more.length == 0
        ? Map.of("PIDCHECK_WATCH_CHANNEL", CHANNEL)
        : Map.of("PIDCHECK_WATCH_CHANNEL", CHANNEL, more[0], more[1]);
  }

  /** As somebody does it who may. */
  private static void delete(Rig rig, JsonNode message) throws Exception {
    Map<String, String> environment = rig.environment();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(environment.get("PIDCHECK_SLACK_API_URL") + "chat.delete"))
            .header("Authorization", "Bearer " + environment.get("SLACK_BOT_TOKEN"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "channel=" + CHANNEL + "&ts=" + message.path("ts").asString()))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(request, BodyHandlers.ofString()).body()).contains("\"ok\":true");
    }
  }
}
