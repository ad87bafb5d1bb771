package io.pidcheck.bot.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** A standby probe on the rig's node: its process, its log, and the pods that it spares. */
public final class StandingBy {

  /** In the message of a check that it did. */
  public static final String SAYS = "Read by the standby probe";

  private static final Duration SOON = Duration.ofSeconds(30);

  private StandingBy() {}

  /** Returns when it is ready. */
  public static ProcessHandle standsBy(Rig rig, boolean acts) {
    rig.cluster().standBy(Rig.IMAGE, acts);
    awaitLog(rig, "ready");
    return process();
  }

  public static void awaitLog(Rig rig, String word) {
    await("it says " + word).atMost(SOON).until(() -> log(rig).contains(word));
  }

  public static ProcessHandle process() {
    return ProcessHandle.current()
        .descendants()
        .filter(
            process ->
                List.of(process.info().arguments().orElse(new String[0])).contains("standby"))
        .findFirst()
        .orElseThrow();
  }

  public static void signal(ProcessHandle process, String name) {
    try {
      int code =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      assertThat(code).isZero();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public static Pod pod(Rig rig) {
    return cluster(
        rig,
        client ->
            client
                .pods()
                .inNamespace("pidcheck")
                .withLabel("app.kubernetes.io/component", "standby")
                .list()
                .getItems()
                .getFirst());
  }

  public static List<Pod> podsOfJobs(Rig rig) {
    return cluster(
        rig,
        client -> client.pods().inNamespace("pidcheck").withLabel("job-name").list().getItems());
  }

  public static String log(Rig rig) {
    try {
      return cluster(rig, client -> client.pods().resource(pod(rig)).getLog());
    } catch (KubernetesClientException e) {
      return ""; // its container waits
    }
  }

  public static <T> T cluster(Rig rig, Function<KubernetesClient, T> question) {
    try (KubernetesClient client = rig.kubernetes()) {
      return question.apply(client);
    }
  }

  /** How many messages say so. */
  public static long told(Person person, String text) {
    return person.messages().stream()
        .filter(message -> Person.shown(message).contains(text))
        .count();
  }
}
