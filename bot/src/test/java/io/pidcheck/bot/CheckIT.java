package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.local.cluster.fault.ClusterFault;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** A check from the question to the edited message, every way it can end. */
@ResourceLock("machine")
class CheckIT {

  @Test
  void editsTheFirstMessageWithTheResult() {
    try (Rig rig = Rig.start().withBot()) {
      Person alex = rig.person(0);
      assertThat(alex.say("/pidcheck node " + rig.node()).path("ok").asBoolean()).isTrue();
      JsonNode first = alex.sees("a first message", message -> true);
      JsonNode answer = alex.reads("Who holds them");
      assertThat(answer.path("ts")).isEqualTo(first.path("ts"));
      assertThat(Person.shown(answer))
          .contains(rig.node())
          .contains("Who holds them")
          .containsPattern("Steady for now|(Growing|Shrinking) by") // from the probe's two counts
          .contains("<@" + alex.id() + ">");
      assertThat(alex.messages()).hasSize(1);
      assertThat(Person.shown(alex.reads("What this rests on"))).contains("Memory:");
    }
  }

  @Test
  void answersInChineseWhereSlackIsInChinese() {
    try (Rig rig = Rig.start().withBot()) {
      Person liWei = rig.person(1);
      liWei.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(liWei.reads("谁占了 PID"))).contains("已用");
      assertThat(Person.shown(liWei.reads("判断依据"))).contains("内存：");
    }
  }

  @Test
  void twoPeopleShareOneJob() {
    try (Rig rig = Rig.start().withBot();
        KubernetesClient kubernetes = rig.kubernetes()) {
      rig.cluster().inject(new ClusterFault.SandboxFails("not yet"));
      Person alex = rig.person(0);
      Person liWei = rig.person(1);
      alex.say("/pidcheck node " + rig.node());
      liWei.say("/pidcheck node " + rig.node());
      alex.reads("not yet");
      alex.sees("both messages", message -> alex.messages().size() == 2);
      rig.cluster().clearFaults();
      alex.reads("Who holds them");
      alex.reads("谁占了 PID");
      assertThat(kubernetes.batch().v1().jobs().inNamespace("pidcheck").list().getItems())
          .hasSize(1);
    }
  }

  @Test
  void asksTheClusterOnlyForWhatAProbeMayDo() {
    try (Rig rig = Rig.start().withBot();
        KubernetesClient kubernetes = rig.kubernetes()) {
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      alex.reads("Who holds them");
      Job job = kubernetes.batch().v1().jobs().inNamespace("pidcheck").list().getItems().getFirst();
      var pod = job.getSpec().getTemplate().getSpec();
      var container = pod.getContainers().getFirst();
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(pod.getAutomountServiceAccountToken()).isFalse();
      assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
      assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
      assertThat(container.getResources().getRequests()).containsOnlyKeys("cpu", "memory");
      // stopped by a limit on its CPU it would hold its PIDs for seconds
      assertThat(container.getResources().getLimits()).containsOnlyKeys("memory");
      assertThat(pod.getVolumes()).allMatch(volume -> volume.getHostPath() != null);
      assertThat(container.getVolumeMounts()).allMatch(mount -> mount.getReadOnly());
      assertThat(job.getSpec().getBackoffLimit()).isZero();
    }
  }

  @Test
  void suggestsNamesForAnUnknownNodeToTheAskerAlone() {
    try (Rig rig = Rig.start().withBot()) {
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node() + "x");
      JsonNode answer = alex.reads("There is no node");
      assertThat(Person.shown(answer)).contains(rig.node());
      assertThat(answer.path("ephemeral_to").asString()).isEqualTo(alex.id());
      assertThat(rig.person(1).messages()).isEmpty();
    }
  }

  @Test
  void explainsItselfAndWhatIsWrongToTheAskerAlone() {
    try (Rig rig = Rig.start().withBot()) {
      Person alex = rig.person(0);
      alex.say("/pidcheck");
      alex.reads("checks one node");
      alex.say("/pidcheck node");
      alex.reads("The name is missing");
      alex.say("/pidcheck node " + "a".repeat(10_000));
      alex.reads("cannot be a node name");
      alex.say("/pidcheck node <!channel>");
      assertThat(alex.messages())
          .allMatch(message -> message.path("ephemeral_to").asString("").equals(alex.id()));
      assertThat(rig.person(1).messages()).isEmpty();
    }
  }

  @Test
  void answersFromTheTerminationMessageWhereTheLogCannotBeHad() {
    try (Rig rig = Rig.start().withBot()) {
      rig.cluster()
          .inject(new ClusterFault.LogsUnavailable("dial tcp 127.0.0.1:10250: connection refused"));
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("Who holds them"))).contains("short summary");
    }
  }

  @Test
  void saysThatThePodWasNotAdmitted() {
    assertEnding(
        new ClusterFault.KubeletRefusesPods("OutOfpods", "too many"),
        "not admitted",
        "OutOfpods: too many");
    assertEnding(
        new ClusterFault.AdmissionRefusesPods("violates PodSecurity \"restricted\""),
        "not admitted",
        "PodSecurity");
  }

  @Test
  void saysThatTheProbeCannotStart() {
    assertEnding(
        new ClusterFault.SandboxFails("fork/exec runc: resource temporarily unavailable"),
        "could not start the probe",
        "resource temporarily unavailable");
    assertEnding(
        new ClusterFault.ContainersFailToStart("read init-p: connection reset by peer"),
        "could not start the probe",
        "connection reset by peer");
  }

  @Test
  void tellsWhatTheClusterSaysWhereTheNodeCannotStartTheProbe() {
    try (Rig rig = Rig.start().withBot(Map.of("PIDCHECK_PROBE_DEADLINE", "5s"))) {
      rig.cluster()
          .inject(
              new ClusterFault.SandboxFails(
                  "failed to start shim: fork/exec /usr/bin/containerd-shim-runc-v2: resource"
                      + " temporarily unavailable"));
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("refused even the probe its processes")))
          .contains("could not start the probe")
          .contains("What it led to")
          .contains("The kernel refused fork (EAGAIN) — observed")
          .contains("Not known: the node’s own figures");
      assertThat(Person.shown(alex.reads("What this rests on")))
          .contains("FailedCreatePodSandBox")
          .contains("containerd-shim-runc-v2: resource temporarily unavailable");
    }
  }

  @Test
  void saysThatTheImageIsMissing() {
    try (Rig rig =
        Rig.start()
            .withBot(
                Map.of(
                    "PIDCHECK_PROBE_IMAGE", "nowhere/probe:1",
                    "PIDCHECK_PROBE_DEADLINE", "5s"))) {
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("could not be pulled"))).contains("nowhere/probe:1");
    }
  }

  @Test
  void saysThatTheNodeIsGone() {
    try (Rig rig = Rig.start().withBot()) {
      rig.cluster().inject(new ClusterFault.SandboxFails("held"));
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      alex.reads("held");
      rig.cluster().inject(new ClusterFault.NodeGone());
      alex.reads("left the cluster");
    }
  }

  @Test
  void saysThatSomebodyDeletedTheJob() {
    try (Rig rig = Rig.start().withBot();
        KubernetesClient kubernetes = rig.kubernetes()) {
      rig.cluster().inject(new ClusterFault.SandboxFails("held"));
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      alex.reads("held");
      kubernetes.batch().v1().jobs().inNamespace("pidcheck").delete();
      alex.reads("somebody deleted");
    }
  }

  @Test
  void saysThatTheProbeTookTooLong() {
    try (Rig rig =
        Rig.start(List.of("/bin/sh", "-c", "sleep 600"))
            .withBot(Map.of("PIDCHECK_PROBE_DEADLINE", "5s"))) {
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      alex.reads("started and did not end");
    }
  }

  @Test
  void showsTheProbesLastWordsWhenItFails() {
    try (Rig rig =
        Rig.start(List.of("/bin/sh", "-c", "echo '/proc is not there' >&2; exit 1")).withBot()) {
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      alex.reads("exit code 1");
    }
  }

  @Test
  void showsGarbageFromTheProbeHarmless() {
    String garbage = "<!channel> *bold* `code` {\\\"version\\\": 1, \\\"node\\\":";
    try (Rig rig = Rig.start(List.of("/bin/sh", "-c", "echo \"" + garbage + "\"")).withBot()) {
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      JsonNode answer = alex.reads("cannot be read");
      assertThat(answer.path("blocks").toString())
          .doesNotContain("mrkdwn")
          .doesNotContain("broadcast");
      assertThat(answer.path("text").asString()).doesNotContain("<");
    }
  }

  @Test
  void waitsAsLongAsSlackAsksItTo() {
    try (Rig rig = Rig.start().withBot()) {
      Person alex = rig.person(0);
      alex.fault(
          Map.of("rate_limit", Map.of("method", "chat.update", "retry_after_s", 1, "times", 2)));
      alex.say("/pidcheck node " + rig.node());
      alex.reads("Who holds them");
    }
  }

  @Test
  void connectsAgainWhenTheSocketIsCut() {
    try (Rig rig = Rig.start().withBot()) {
      Person alex = rig.person(0);
      alex.fault(Map.of("socket", "drop"));
      await("the bot is back")
          .atMost(Person.SOON)
          .until(() -> alex.say("/pidcheck help").path("ok").asBoolean());
      alex.reads("checks one node");
    }
  }

  private static void assertEnding(ClusterFault fault, String what, String words) {
    try (Rig rig = Rig.start().withBot(Map.of("PIDCHECK_PROBE_DEADLINE", "5s"))) {
      rig.cluster().inject(fault);
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads(what))).contains(words);
    }
  }
}
