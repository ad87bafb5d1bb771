package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pidcheck.bot.local.cluster.fault.ClusterFault;
import io.pidcheck.bot.rig.Exploding;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** A probe that stands by on the node, and all that it may fail at, over real HTTP. */
@ResourceLock("machine")
class StandbyIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String BY_STANDBY = "Read by the standby probe";
  private static final Map<String, String> SETTINGS =
      Map.of("PIDCHECK_RIGHTS_ACT", "S0SRE", "PIDCHECK_PROBE_STANDBY_ANSWERS", "3s");

  @Test
  void answersAndStartsNoPodForIt() {
    try (Rig rig = Rig.start()) {
      standsBy(rig, false);
      Person alex = rig.withBot(SETTINGS).person(0);
      rig.cluster().inject(new ClusterFault.SandboxFails("fork/exec runc: EAGAIN"));
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads(BY_STANDBY))).contains("threads");
      assertThat(podsOfJobs(rig)).isEmpty();
    }
  }

  @Test
  void answersOneAfterTheOther() {
    try (Rig rig = Rig.start()) {
      standsBy(rig, false);
      rig.withBot(SETTINGS);
      Person alex = rig.person(0);
      for (int i = 1; i <= 3; i++) {
        int answers = i;
        alex.say("/pidcheck node " + rig.node());
        await("answer " + i).atMost(SOON).until(() -> told(alex, BY_STANDBY) == answers);
      }
      assertThat(podsOfJobs(rig)).isEmpty();
    }
  }

  @Test
  void isNotAskedWhereTheSettingsSayOff() {
    try (Rig rig = Rig.start()) {
      standsBy(rig, false);
      Person alex = rig.withBot(Map.of("PIDCHECK_PROBE_STANDBY", "off")).person(0);
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("Asked by"))).doesNotContain(BY_STANDBY);
      assertThat(podsOfJobs(rig)).hasSize(1);
    }
  }

  @Test
  void killsWithoutAPodAndMeasuresAgainWithoutOne() {
    try (Rig rig = Rig.start();
        Exploding exploding = Exploding.start(4_000)) {
      standsBy(rig, true);
      Person alex = rig.withBot(SETTINGS).person(0);
      JsonNode diagnosis = diagnosis(rig, alex, exploding);
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      assertThat(Person.shown(alex.reads("Before:"))).contains("ended by SIGTERM");
      assertThat(exploding.endsWithin(SOON)).isTrue();
      assertThat(podsOfJobs(rig)).isEmpty();
    }
  }

  @Test
  void isNotAskedToActWhereItMayOnlyLook() {
    try (Rig rig = Rig.start();
        Exploding exploding = Exploding.start(4_000)) {
      standsBy(rig, false);
      Person alex = rig.withBot(SETTINGS).person(0);
      JsonNode diagnosis = diagnosis(rig, alex, exploding);
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      alex.reads("Before:");
      assertThat(exploding.endsWithin(SOON)).isTrue();
      assertThat(podsOfJobs(rig)).hasSize(1); // and the look after it was without one
    }
  }

  @Test
  void isNotWaitedForWhenItNeverAnswersAndThatIsTold() {
    try (Rig rig = Rig.start()) {
      ProcessHandle standby = standsBy(rig, false);
      Person alex = rig.withBot(SETTINGS).person(0);
      signal(standby, "STOP");
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("did not answer in time; a pod was started instead")))
          .contains("threads")
          .doesNotContain(BY_STANDBY);
    }
  }

  @Test
  void actsOnceAlsoWhenItWakesUpAfterAPodHasDoneIt() {
    try (Rig rig = Rig.start();
        Exploding exploding = Exploding.start(4_000)) {
      ProcessHandle standby = standsBy(rig, true);
      Person alex = rig.withBot(SETTINGS).person(0);
      JsonNode diagnosis = diagnosis(rig, alex, exploding);
      signal(standby, "STOP");
      alex.clicks(diagnosis, Person.button(diagnosis, "Kill " + exploding.pid()));
      assertThat(Person.shown(alex.reads("Before:"))).contains("ended by SIGTERM");
      signal(standby, "CONT");
      long before = told(alex, BY_STANDBY);
      alex.say("/pidcheck node " + rig.node());
      await("it has gone through all orders before this one")
          .atMost(SOON)
          .until(() -> told(alex, BY_STANDBY) > before);
      assertThat(orders(rig, "kill")).noneMatch(said -> said.contains("begun"));
      assertThat(exploding.endsWithin(SOON)).isTrue();
    }
  }

  @Test
  void answersAgainAfterKillDashNine() {
    try (Rig rig = Rig.start()) {
      ProcessHandle standby = standsBy(rig, false);
      Person alex = rig.withBot(SETTINGS).person(0);
      standby.destroyForcibly();
      await("it is started again").atMost(SOON).until(() -> log(rig).contains("ready"));
      alex.say("/pidcheck node " + rig.node());
      alex.reads(BY_STANDBY);
    }
  }

  @Test
  void isToldNotToRunWhereItDoesNot() {
    try (Rig rig = Rig.start()) {
      ProcessHandle first = standsBy(rig, false);
      Person alex = rig.withBot(SETTINGS).person(0);
      first.destroyForcibly();
      await("it is started again").atMost(SOON).until(() -> process().isAlive());
      process().destroyForcibly();
      await("the kubelet lets it wait")
          .atMost(SOON)
          .until(() -> standby(rig).getStatus().toString().contains("CrashLoopBackOff"));
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("does not run; a pod was started instead")))
          .contains("CrashLoopBackOff")
          .contains("threads");
    }
  }

  @Test
  void isToldToLackARightWhereItDoes() {
    String says =
        "{\"standby\":1,\"said\":\"away\",\"why\":\"the API server answered 403: jobs.batch is forbidden\"}";
    try (Rig rig = Rig.start(insteadOfStandby("echo '" + says + "'"))) {
      rig.cluster().standBy(Rig.IMAGE, false);
      Person alex = rig.withBot(SETTINGS).person(0);
      awaitLog(rig, "forbidden");
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("did not answer in time; a pod was started instead")))
          .contains("403: jobs.batch is forbidden");
    }
  }

  @Test
  void isNotBelievedWhenItsLogIsGarbage() {
    String garbage =
        "while :; do printf 'x\\0\\377{\"said\":\"done\",\"result\":{}}\\n[[[\\n'; sleep 0.1; done &";
    try (Rig rig = Rig.start(insteadOfStandby(garbage))) {
      rig.cluster().standBy(Rig.IMAGE, false);
      Person alex = rig.withBot(SETTINGS).person(0);
      awaitLog(rig, "said");
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("did not answer in time; a pod was started instead")))
          .contains("threads");
    }
  }

  @Test
  void isToldOfWhereItsLogCannotBeReadAndNoPodHasRoom() {
    try (Rig rig = Rig.start()) {
      standsBy(rig, false);
      Person alex =
          rig.withBot(
                  Map.of(
                      "PIDCHECK_PROBE_STANDBY_ANSWERS",
                      "3s",
                      "PIDCHECK_PROBE_LEAST_FREE_PIDS",
                      "100000"))
              .person(0);
      rig.cluster().inject(new ClusterFault.LogsUnavailable("containerd.sock: connection refused"));
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("too few PIDs for another probe")))
          .contains("containerd.sock: connection refused");
      assertThat(podsOfJobs(rig)).isEmpty();
    }
  }

  /** The probe's program, but where it is to stand by another one. */
  private static List<String> insteadOfStandby(String script) {
    String probe = String.join("' '", Rig.probe());
    return List.of(
        "sh",
        "-c",
        "if [ \"$1\" = standby ]; then "
            + script
            + "\nexec sleep 1000; fi; exec '"
            + probe
            + "' \"$@\"",
        "probe");
  }

  private static ProcessHandle standsBy(Rig rig, boolean acts) {
    rig.cluster().standBy(Rig.IMAGE, acts);
    awaitLog(rig, "ready");
    return process();
  }

  private static void awaitLog(Rig rig, String word) {
    await("it says " + word).atMost(SOON).until(() -> log(rig).contains(word));
  }

  private static ProcessHandle process() {
    return ProcessHandle.current()
        .descendants()
        .filter(
            process ->
                List.of(process.info().arguments().orElse(new String[0])).contains("standby"))
        .findFirst()
        .orElseThrow();
  }

  private static void signal(ProcessHandle process, String name) {
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

  private static JsonNode diagnosis(Rig rig, Person person, Exploding exploding) {
    person.say("/pidcheck node " + rig.node());
    JsonNode diagnosis =
        person.sees(
            "a button to kill with",
            message ->
                Person.shown(message).contains(BY_STANDBY)
                    && Person.buttons(message).stream()
                        .anyMatch(button -> button.toString().contains("" + exploding.pid())));
    return diagnosis;
  }

  private static long told(Person person, String text) {
    return person.messages().stream()
        .filter(message -> Person.shown(message).contains(text))
        .count();
  }

  /** What was said of the orders of Jobs with this word in their names. */
  private static List<String> orders(Rig rig, String word) {
    List<String> uids =
        cluster(
            rig,
            client ->
                client.batch().v1().jobs().inNamespace("pidcheck").list().getItems().stream()
                    .filter(job -> job.getMetadata().getName().contains("-" + word + "-"))
                    .map(job -> job.getMetadata().getUid())
                    .toList());
    return log(rig).lines().filter(line -> uids.stream().anyMatch(line::contains)).toList();
  }

  private static Pod standby(Rig rig) {
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

  private static List<Pod> podsOfJobs(Rig rig) {
    return cluster(
        rig,
        client -> client.pods().inNamespace("pidcheck").withLabel("job-name").list().getItems());
  }

  private static String log(Rig rig) {
    try {
      return cluster(rig, client -> client.pods().resource(standby(rig)).getLog());
    } catch (KubernetesClientException e) {
      return ""; // its container waits
    }
  }

  private static <T> T cluster(Rig rig, Function<KubernetesClient, T> question) {
    Config config = Config.fromKubeconfig(rig.cluster().kubeconfig().toFile());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      return question.apply(client);
    }
  }
}
