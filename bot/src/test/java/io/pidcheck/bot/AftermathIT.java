package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.SlackApiException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.act.PodName;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Seen;
import io.pidcheck.bot.local.cluster.explosion.ExplosionFailed;
import io.pidcheck.bot.message.RemedyButtons;
import io.pidcheck.bot.message.Texts;
import io.pidcheck.bot.rig.Acting;
import io.pidcheck.bot.rig.Exploding;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** What is told of calico-node and of a pod's successor after an act. */
@ResourceLock("machine")
class AftermathIT {

  private static final int THREADS = 4_000;
  private static final int LEAK = 2_500;
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void tellsWhenCalicoNodeIsReadyAgain() {
    try (Rig rig = Rig.start().withBot(Acting.settings(Map.of()));
        KubernetesClient kubernetes = rig.kubernetes();
        Exploding exploding = Exploding.start(THREADS)) {
      calicoIs(kubernetes, false);
      Person alex = rig.person(0);
      JsonNode diagnosis = Acting.diagnosis(rig, alex);
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      assertThat(Person.shown(alex.reads("calico-node is being watched"))).contains("Before:");
      calicoIs(kubernetes, true);
      assertThat(Person.shown(alex.reads("calico-node: Ready again after")))
          .doesNotContain("being watched");
      assertThat(exploding.endsWithin(SOON)).isTrue();
    }
  }

  @Test
  void tellsThatAndWhyCalicoNodeIsStillNotReady() {
    try (Rig rig =
            Rig.start().withBot(Acting.settings(Map.of("PIDCHECK_REMEDY_CALICO_WAIT", "5s")));
        KubernetesClient kubernetes = rig.kubernetes();
        Exploding exploding = Exploding.start(THREADS)) {
      calicoIs(kubernetes, false);
      Person alex = rig.person(0);
      JsonNode diagnosis = Acting.diagnosis(rig, alex);
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      assertThat(Person.shown(alex.reads("calico-node: still not Ready after")))
          .contains("ContainersNotReady: containers with unready status: [calico-node]")
          .contains("Before:");
      assertThat(exploding.endsWithin(SOON)).isTrue();
    }
  }

  /** This machine has no pod's cgroup, by which a button would be offered: it is made here. */
  @Test
  void deletesAPodGracefullyAndItsControllerMakesAnother() throws Exception {
    try (Rig rig = Rig.start();
        KubernetesClient kubernetes = rig.kubernetes()) {
      explode(rig);
      rig.withBot(Acting.settings(Map.of()));
      Person alex = rig.person(0);
      Pod before = service(kubernetes);
      JsonNode offer = offer(rig, alex, delete(rig, before));
      JsonNode button = Person.button(offer, "Delete pod");
      assertThat(button.path("confirm").toString())
          .contains("Deployment order-service")
          .contains("shop/" + before.getMetadata().getName());
      alex.clicks(offer, button);
      String ended = Person.shown(alex.reads("Before:"));
      assertThat(ended)
          .contains("Deleted; it ends with its own grace period.")
          .contains("by <@" + alex.id() + ">")
          .contains("Now, at");
      await("its controller made another")
          .atMost(SOON)
          .until(() -> !uid(service(kubernetes)).equals(uid(before)));
      JsonNode told = alex.reads("calico-node is Ready");
      assertThat(Person.shown(told)).contains("Deleted;");
      assertThat(Person.buttons(told)).as("nothing to press but Re-check").hasSize(1);
    }
  }

  private static void explode(Rig rig) throws ExplosionFailed {
    rig.cluster().explode(LEAK);
  }

  private static Remedy delete(Rig rig, Pod pod) throws IOException {
    String bootId = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    Seen seen = new Seen(rig.node(), bootId, Instant.now(), "pidcheck-none-1", LEAK, 32_768);
    return new Remedy.DeletePod(
        seen,
        new PodName("shop", pod.getMetadata().getName(), uid(pod), "Deployment/order-service"),
        LEAK);
  }

  /** A message of the bot's with this button, as it stands below a diagnosis. */
  private static JsonNode offer(Rig rig, Person person, Remedy remedy)
      throws IOException, SlackApiException {
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(rig.environment().get("PIDCHECK_SLACK_API_URL"));
    config.setProxyUrl(null);
    config.setStatsEnabled(false);
    Texts texts = Texts.in(Locale.ENGLISH);
    Slack.getInstance(config)
        .methods(rig.environment().get("SLACK_BOT_TOKEN"))
        .chatPostMessage(
            post ->
                post.channel("C0ALERTS")
                    .text("an offer")
                    .blocks(
                        List.of(new RemedyButtons(texts, false).row(rig.node(), List.of(remedy)))));
    return person.sees("the offer", message -> !Person.buttons(message).isEmpty());
  }

  private static Pod service(KubernetesClient kubernetes) {
    return await("the service has a pod")
        .atMost(SOON)
        .until(
            () ->
                kubernetes
                    .pods()
                    .inNamespace("shop")
                    .withLabel("app", "order-service")
                    .list()
                    .getItems(),
            pods -> pods.size() == 1)
        .getFirst();
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }

  /** As its kubelet would report it. */
  private static void calicoIs(KubernetesClient kubernetes, boolean ready) {
    Pod pod =
        kubernetes
            .pods()
            .inNamespace("kube-system")
            .withLabel("k8s-app", "calico-node")
            .list()
            .getItems()
            .getFirst();
    kubernetes
        .pods()
        .inNamespace("kube-system")
        .resource(
            new PodBuilder(pod)
                .editStatus()
                .withConditions(
                    new PodConditionBuilder()
                        .withType("Ready")
                        .withStatus(ready ? "True" : "False")
                        .withReason(ready ? null : "ContainersNotReady")
                        .withMessage(ready ? null : "containers with unready status: [calico-node]")
                        .withLastTransitionTime(
                            Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.SECONDS).toString())
                        .build())
                .endStatus()
                .build())
        .updateStatus();
  }
}
