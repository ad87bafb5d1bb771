package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.local.cluster.fault.ClusterFault;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** A probe that gets no thread of its own is tried once more: once, and told. */
@ResourceLock("machine")
class SecondTryIT {

  // what the JVM wrote on the testbed at 30 free PIDs
  private static final String REFUSED =
      "[warning][os,thread] Failed to start thread \"GC Thread#0\" - pthread_create failed (EAGAIN)"
          + " for attributes: stacksize: 1024k, guardsize: 0k, detached.";
  private static final String DIES = "echo '" + REFUSED + "'; exit 1; ";

  @Test
  void answersWithTheSecondsReportAndKeepsTheFirstsWordsAsEvidence(@TempDir Path dir)
      throws IOException {
    Path died = dir.resolve("died");
    Path go = dir.resolve("go");
    String script =
        "if mkdir "
            + died
            + " 2>/dev/null; then "
            + DIES
            + "fi; "
            + ("until [ -e " + go + " ]; do sleep 0.05; done; ")
            + ("exec " + quoted(Rig.probe()) + " \"$@\"");
    try (Rig rig = Rig.start(List.of("/bin/sh", "-c", script, "sh")).withBot()) {
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      JsonNode told = alex.reads("Trying once more");
      assertThat(Person.shown(told)).contains("pthread_create failed (EAGAIN)");
      Files.createFile(go);
      JsonNode whole = alex.reads("PIDs");
      assertThat(whole.path("ts")).isEqualTo(told.path("ts"));
      assertThat(Person.shown(alex.reads("What this rests on")))
          .contains("ProbeDied")
          .contains("pthread_create failed (EAGAIN)");
      assertThat(jobs(rig)).hasSize(2);
    }
  }

  @Test
  void triesNoThirdTime() {
    try (Rig rig = Rig.start(List.of("/bin/sh", "-c", DIES)).withBot()) {
      Person liWei = rig.person(1);
      liWei.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(liWei.reads("探针退出码 1"))).contains("pthread_create failed (EAGAIN)");
      await("both are answered").until(() -> jobs(rig).stream().allMatch(SecondTryIT::isReported));
      assertThat(jobs(rig)).hasSize(2);
    }
  }

  @Test
  void triesNothingAgainThatFailedForAnotherReason() {
    String broken = "echo '/proc is not there' >&2; exit 1; ";
    try (Rig rig = Rig.start(List.of("/bin/sh", "-c", broken)).withBot()) {
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("exit code 1"))).contains("/proc is not there");
      assertThat(jobs(rig)).hasSize(1);
    }
  }

  @Test
  void triesAgainWhereTheContainerCouldNotStart() {
    try (Rig rig = Rig.start().withBot()) {
      rig.cluster()
          .inject(new ClusterFault.ContainersFailToStart("read init-p: connection reset by peer"));
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("could not start the probe")))
          .contains("connection reset by peer");
      assertThat(jobs(rig)).hasSize(2);
    }
  }

  @Test
  void triesNoBadImageAgain() {
    try (Rig rig = Rig.start().withBot()) {
      rig.cluster()
          .inject(
              new ClusterFault.ContainersFailToStart(
                  "exec: \"java\": executable file not found in $PATH"));
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      alex.reads("could not start the probe");
      assertThat(jobs(rig)).hasSize(1);
    }
  }

  private static String quoted(List<String> command) {
    return command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
  }

  private static boolean isReported(Job job) {
    return job.getMetadata().getAnnotations().containsKey("pidcheck.io/reported");
  }

  private static List<Job> jobs(Rig rig) {
    try (KubernetesClient kubernetes = rig.kubernetes()) {
      return kubernetes.batch().v1().jobs().inNamespace("pidcheck").list().getItems();
    }
  }
}
