package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.pidcheck.bot.local.cluster.fault.ClusterFault;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import io.pidcheck.bot.rig.StandingBy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A probe that stands by on the node, and all that it may fail at, over real HTTP. */
@ResourceLock("machine")
class StandbyIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Map<String, String> SETTINGS =
      Map.of("PIDCHECK_RIGHTS_ACT", "S0SRE", "PIDCHECK_PROBE_STANDBY_ANSWERS", "3s");

  @Test
  void answersAndStartsNoPodForIt() {
    try (Rig rig = Rig.start()) {
      StandingBy.standsBy(rig, false);
      Person alex = rig.withBot(SETTINGS).person(0);
      rig.cluster().inject(new ClusterFault.SandboxFails("fork/exec runc: EAGAIN"));
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads(StandingBy.SAYS))).contains("threads");
      assertThat(StandingBy.podsOfJobs(rig)).isEmpty();
    }
  }

  @Test
  void answersOneAfterTheOther() {
    try (Rig rig = Rig.start()) {
      StandingBy.standsBy(rig, false);
      rig.withBot(SETTINGS);
      Person alex = rig.person(0);
      for (int i = 1; i <= 3; i++) {
        int answers = i;
        alex.say("/pidcheck node " + rig.node());
        await("answer " + i)
            .atMost(SOON)
            .until(() -> StandingBy.told(alex, StandingBy.SAYS) == answers);
      }
      assertThat(StandingBy.podsOfJobs(rig)).isEmpty();
    }
  }

  @Test
  void isNotAskedWhereTheSettingsSayOff() {
    try (Rig rig = Rig.start()) {
      StandingBy.standsBy(rig, false);
      Person alex = rig.withBot(Map.of("PIDCHECK_PROBE_STANDBY", "off")).person(0);
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("Asked by"))).doesNotContain(StandingBy.SAYS);
      assertThat(StandingBy.podsOfJobs(rig)).hasSize(1);
    }
  }

  @Test
  void isNotWaitedForWhenItNeverAnswersAndThatIsTold() {
    try (Rig rig = Rig.start()) {
      ProcessHandle standby = StandingBy.standsBy(rig, false);
      Person alex = rig.withBot(SETTINGS).person(0);
      StandingBy.signal(standby, "STOP");
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("did not answer in time; a pod was created instead")))
          .contains("threads")
          .doesNotContain(StandingBy.SAYS);
    }
  }

  @Test
  void answersAgainAfterKillDashNine() {
    try (Rig rig = Rig.start()) {
      ProcessHandle standby = StandingBy.standsBy(rig, false);
      Person alex = rig.withBot(SETTINGS).person(0);
      standby.destroyForcibly();
      await("it is started again").atMost(SOON).until(() -> StandingBy.log(rig).contains("ready"));
      alex.say("/pidcheck node " + rig.node());
      alex.reads(StandingBy.SAYS);
    }
  }

  @Test
  void isToldNotToRunWhereItDoesNot() {
    try (Rig rig = Rig.start()) {
      ProcessHandle first = StandingBy.standsBy(rig, false);
      Person alex = rig.withBot(SETTINGS).person(0);
      first.destroyForcibly();
      await("it is started again").atMost(SOON).until(() -> StandingBy.process().isAlive());
      StandingBy.process().destroyForcibly();
      await("the kubelet lets it wait")
          .atMost(SOON)
          .until(() -> StandingBy.pod(rig).getStatus().toString().contains("CrashLoopBackOff"));
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("does not run; a pod was created instead")))
          .contains("CrashLoopBackOff")
          .contains("threads");
    }
  }

  @Test
  void isToldNotToRunWhereNoPodIsStartedInItsPlaceEither() {
    try (Rig rig = Rig.start(insteadOfStandby("exit 1"))) {
      rig.cluster().standBy(Rig.IMAGE, false);
      await("the kubelet lets it wait")
          .atMost(SOON)
          .until(() -> StandingBy.pod(rig).getStatus().toString().contains("CrashLoopBackOff"));
      Person alex = rig.withBot(Map.of("PIDCHECK_PROBE_LEAST_FREE_PIDS", "100000")).person(0);
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("the probe was not started")))
          .contains("The standby probe of this node does not run.")
          .contains("CrashLoopBackOff");
      Person liWei = rig.person(1);
      liWei.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(liWei.reads("没有启动探针"))).contains("该节点的常驻探针没有在运行。");
    }
  }

  @Test
  void isToldToBeMissingWhereOtherNodesHaveOne() {
    try (Rig rig = Rig.start()) {
      StandingBy.cluster(rig, client -> client.resource(onAnotherNode()).create());
      Person alex = rig.withBot(SETTINGS).person(0);
      alex.say("/pidcheck node " + rig.node());
      alex.reads("This node has no standby probe, though others have one; a pod was created");
    }
  }

  @Test
  void isNotMissedWhereNoNodeHasOne() {
    try (Rig rig = Rig.start()) {
      Person alex = rig.withBot(SETTINGS).person(0);
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("Read at"))).doesNotContain("standby probe");
    }
  }

  private static Pod onAnotherNode() {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("pidcheck")
        .withName("pidcheck-standby-other")
        .addToLabels("app.kubernetes.io/name", "pidcheck")
        .addToLabels("app.kubernetes.io/component", "standby")
        .endMetadata()
        .withNewSpec()
        .withNodeName("another")
        .addNewContainer()
        .withName("standby")
        .withImage(Rig.IMAGE)
        .endContainer()
        .endSpec()
        .build();
  }

  @Test
  void isToldNotToRunAlsoWhereThePodInItsPlaceNeededASecondTry() {
    String refused =
        "[warning][os,thread] Failed to start thread \"GC Thread#0\" - pthread_create failed"
            + " (EAGAIN) for attributes: stacksize: 1024k, guardsize: 0k, detached.";
    List<String> dies =
        List.of("sh", "-c", "[ \"$1\" = standby ] || echo '" + refused + "'; exit 1", "probe");
    try (Rig rig = Rig.start(dies)) {
      rig.cluster().standBy(Rig.IMAGE, false);
      await("the kubelet lets it wait")
          .atMost(SOON)
          .until(() -> StandingBy.pod(rig).getStatus().toString().contains("CrashLoopBackOff"));
      Person alex = rig.withBot(SETTINGS).person(0);
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("exit code 1")))
          .contains("does not run; a pod was created instead");
      assertThat(StandingBy.podsOfJobs(rig)).hasSize(2);
    }
  }

  @Test
  void isToldToLackARightWhereItDoes() {
    String says =
        "{\"standby\":1,\"said\":\"away\",\"why\":\"the API server answered 403: jobs.batch is forbidden\"}";
    try (Rig rig = Rig.start(insteadOfStandby("echo '" + says + "'"))) {
      rig.cluster().standBy(Rig.IMAGE, false);
      Person alex = rig.withBot(SETTINGS).person(0);
      StandingBy.awaitLog(rig, "forbidden");
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("did not answer in time; a pod was created instead")))
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
      StandingBy.awaitLog(rig, "said");
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("did not answer in time; a pod was created instead")))
          .contains("threads");
    }
  }

  @Test
  void isToldOfWhereItsLogCannotBeReadAndNoPodHasRoom() {
    try (Rig rig = Rig.start()) {
      StandingBy.standsBy(rig, false);
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
      assertThat(StandingBy.podsOfJobs(rig)).isEmpty();
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
}
