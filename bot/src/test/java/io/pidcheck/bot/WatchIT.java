package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.util.List;
import java.util.Map;
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
        KubernetesClient kubernetes = client(rig)) {
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
  void tellsASecondRestartInTheHeadlineAndInTheThread() {
    try (Rig rig = Rig.start().withBot(WATCHING);
        KubernetesClient kubernetes = client(rig)) {
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
        KubernetesClient kubernetes = client(rig)) {
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
        KubernetesClient kubernetes = client(rig)) {
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
        KubernetesClient kubernetes = client(rig)) {
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

  /** The present pod's uid stands in what the watch remembers. */
  private static void isRemembered(KubernetesClient kubernetes) {
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

  private static String ledger(KubernetesClient kubernetes) {
    StringBuilder all = new StringBuilder();
    for (ConfigMap page : kubernetes.configMaps().inNamespace("pidcheck").list().getItems()) {
      all.append(page.getData());
    }
    return all.toString();
  }

  private static boolean isReply(JsonNode message) {
    return message.has("thread_ts") && !message.path("thread_ts").equals(message.path("ts"));
  }

  private static KubernetesClient client(Rig rig) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(rig.cluster().kubeconfig().toFile()))
        .build();
  }
}
