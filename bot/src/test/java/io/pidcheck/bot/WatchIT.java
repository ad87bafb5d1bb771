package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.rig.ManyNodes;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** What the bot says unasked when calico-node restarts. */
@ResourceLock("machine")
class WatchIT {

  private static final Map<String, String> WATCHING = Map.of("PIDCHECK_WATCH_CHANNEL", "C0ALERTS");

  @Test
  void postsTheDiagnosisUnaskedWhenCalicoNodeRestarts() {
    try (Rig rig = Rig.start().withBot(WATCHING);
        KubernetesClient kubernetes = rig.kubernetes()) {
      Person alex = rig.person(0);
      isRemembered(kubernetes);
      rig.cluster().restartCalico();
      JsonNode answer = alex.reads("Who holds them");
      assertThat(Person.shown(answer))
          .contains("calico-node on " + rig.node() + " restarted")
          .contains("1 restart, at");
      assertThat(alex.messages()).hasSize(1);
    }
  }

  @Test
  void tellsTheKubeletsFiguresWhereTheNodeHasNoPidsToSpareForAProbe() {
    try (Rig rig =
            Rig.start()
                .withBot(
                    Map.of(
                        "PIDCHECK_WATCH_CHANNEL",
                        "C0ALERTS",
                        "PIDCHECK_PROBE_LEAST_FREE_PIDS",
                        "90000"));
        KubernetesClient kubernetes = rig.kubernetes()) {
      isRemembered(kubernetes);
      rig.cluster().restartCalico();
      assertThat(Person.shown(rig.person(0).reads("was not started")))
          .contains("calico-node on " + rig.node() + " restarted");
      assertThat(kubernetes.batch().v1().jobs().inNamespace("pidcheck").list().getItems())
          .isEmpty();
    }
  }

  @Test
  void tellsNeitherToWhoeverMayNotLook() {
    try (Rig rig = Rig.start().withBot(Map.of("PIDCHECK_RIGHTS_LOOK", "S0SRE"))) {
      Person guest = rig.person(2);
      guest.say("/pidcheck calico");
      guest.say("/pidcheck status");
      guest.sees("both refusals", message -> refusals(guest) == 2);
      assertThat(guest.messages()).hasSize(2);
    }
  }

  @Test
  void tellsASecondRestartInTheHeadlineAndInTheThread() {
    try (Rig rig = Rig.start().withBot(WATCHING);
        KubernetesClient kubernetes = rig.kubernetes()) {
      Person alex = rig.person(0);
      isRemembered(kubernetes);
      rig.cluster().restartCalico();
      alex.reads("Who holds them");
      rig.cluster().restartCalico();
      assertThat(Person.shown(alex.reads("2 restarts, first"))).contains("Who holds them");
      alex.reads("restarted again");
      assertThat(alex.messages()).hasSize(1);
      assertThat(alex.replies()).isNotEmpty();
    }
  }

  @Test
  void saysNothingOfARollout() {
    try (Rig rig = Rig.start().withBot(WATCHING);
        KubernetesClient kubernetes = rig.kubernetes()) {
      Person alex = rig.person(0);
      isRemembered(kubernetes);
      rig.cluster().rolloutCalico();
      isRemembered(kubernetes);
      rig.cluster().restartCalico();
      assertThat(Person.shown(alex.reads("Who holds them"))).contains("1 restart, at");
      assertThat(alex.messages()).hasSize(1);
    }
  }

  @Test
  void tellsARestartThatHappenedWhileTheBotWasAway() {
    try (Rig rig = Rig.start().withBot(WATCHING);
        KubernetesClient kubernetes = rig.kubernetes()) {
      isRemembered(kubernetes);
      rig.stopBot();
      rig.cluster().restartCalico();
      rig.withBot(WATCHING);
      Person alex = rig.person(0);
      assertThat(Person.shown(alex.reads("Who holds them"))).contains("1 restart, at");
      assertThat(alex.messages()).hasSize(1);
    }
  }

  @Test
  void closesTheIncidentInItsThreadAndOpensANewMessageForTheNext() {
    try (Rig rig =
            Rig.start()
                .withBot(
                    Map.of("PIDCHECK_WATCH_CHANNEL", "C0ALERTS", "PIDCHECK_WATCH_CALM", "3s"));
        KubernetesClient kubernetes = rig.kubernetes()) {
      Person alex = rig.person(0);
      isRemembered(kubernetes);
      rig.cluster().restartCalico();
      alex.reads("Who holds them");
      alex.sees(
          "its end in the headline",
          message -> Person.shown(message).contains("Over since") && !isReply(message));
      alex.sees(
          "its end in the thread",
          message -> Person.shown(message).contains("Over since") && isReply(message));
      rig.cluster().restartCalico();
      alex.sees("a second message", message -> alex.messages().size() == 2);
    }
  }

  @Test
  void tellsOfCalicoNodeAndOfItselfToTheAskerAlone() {
    try (Rig rig = Rig.start().withBot(WATCHING);
        KubernetesClient kubernetes = rig.kubernetes()) {
      Person alex = rig.person(0);
      isRemembered(kubernetes);
      alex.say("/pidcheck calico");
      assertThat(Person.shown(alex.reads("1 of 1 are ready"))).contains(rig.node());
      alex.say("/pidcheck status");
      assertThat(Person.shown(alex.reads("1 pod is watched")))
          .contains("it leads")
          .contains("No incident is open")
          .contains("but not act on them");
      Person liWei = rig.person(1);
      liWei.say("/pidcheck 状态");
      liWei.reads("负责监视与上报");
      assertThat(rig.person(2).messages()).isEmpty();
    }
  }

  @Test
  void tellsWhetherItIsReadyAndInFigures() throws Exception {
    try (Rig rig =
            Rig.start()
                .withBot(Map.of("PIDCHECK_WATCH_CHANNEL", "C0ALERTS", "PIDCHECK_HTTP_PORT", "0"));
        HttpClient http = HttpClient.newHttpClient()) {
      String at = "http://127.0.0.1:" + rig.healthPort();
      await("ready").atMost(Person.SOON).until(() -> get(http, at + "/readyz").statusCode() == 200);
      assertThat(get(http, at + "/healthz").body()).isEqualTo("ok\n");
      rig.cluster().restartCalico();
      rig.person(0).reads("Who holds them");
      await("figures")
          .atMost(Person.SOON)
          .untilAsserted(
              () ->
                  assertThat(get(http, at + "/metrics").body())
                      .contains("pidcheck_leader 1.0")
                      .contains("pidcheck_checks_seconds_count{outcome=\"Reported\"}")
                      .contains("pidcheck_slack_calls_total{outcome=\"Done\"}"));
      rig.person(0).fault(Map.of("socket", "refuse"));
      rig.person(0).fault(Map.of("socket", "drop"));
      await("not ready")
          .atMost(Person.SOON)
          .until(() -> get(http, at + "/readyz").body().contains("slack: not connected"));
    }
  }

  private static long refusals(Person person) {
    return person.messages().stream()
        .filter(message -> Person.shown(message).contains("You may not ask"))
        .count();
  }

  private static HttpResponse<String> get(HttpClient http, String uri) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The present pod's uid stands in what the watch remembers. */
  static void isRemembered(KubernetesClient kubernetes) {
    await("the pod is remembered")
        .atMost(Person.SOON)
        .until(
            () ->
                pods(kubernetes).stream()
                    .map(pod -> pod.getMetadata().getUid())
                    .allMatch(uid -> ledger(kubernetes).contains(uid)));
  }

  private static List<Pod> pods(KubernetesClient kubernetes) {
    return kubernetes
        .pods()
        .inNamespace("kube-system")
        .withLabel("k8s-app", "calico-node")
        .list()
        .getItems();
  }

  /** Waits until all their pods are written down. */
  static void isRemembered(KubernetesClient kubernetes, ManyNodes nodes) {
    await("all are remembered")
        .atMost(Person.SOON)
        .until(() -> nodes.uids().allMatch(ledger(kubernetes)::contains));
  }

  static String ledger(KubernetesClient kubernetes) {
    StringBuilder all = new StringBuilder();
    for (ConfigMap page : kubernetes.configMaps().inNamespace("pidcheck").list().getItems()) {
      all.append(page.getData());
    }
    return all.toString();
  }

  /** How many incidents are written down. */
  static long incidents(KubernetesClient kubernetes) {
    return Pattern.compile("\"node\":\"").matcher(ledger(kubernetes)).results().count();
  }

  private static boolean isReply(JsonNode message) {
    return message.has("thread_ts") && !message.path("thread_ts").equals(message.path("ts"));
  }
}
