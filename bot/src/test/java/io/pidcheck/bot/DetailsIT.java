package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.local.cluster.fault.ClusterFault;
import io.pidcheck.bot.rig.LocalProcess;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** What a check puts into its thread: once, whatever happens in between. */
@ResourceLock("machine")
class DetailsIT {

  private static final String REPORTED = "pidcheck.io/reported";
  private static final String FILES = "pidcheck.io/files";

  @Test
  void bringsChartAndEvidenceIntoTheThread() {
    try (Rig rig = Rig.start().withBot()) {
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      JsonNode details = alex.reads("What this rests on");
      assertThat(Person.shown(details)).contains("Memory:").doesNotContain("/invite");
      assertThat(names(withFiles(alex)))
          .containsExactly(rig.node() + "-pids.png", rig.node() + "-evidence.json");
      assertThat(alex.replies()).hasSize(2);
      String message = alex.reads("Who holds them").path("ts").asString();
      assertThat(alex.replies())
          .allMatch(reply -> reply.path("thread_ts").asString().equals(message));
    }
  }

  @Test
  void writesTheIncidentUpForOneWhoWantsAReport() {
    try (Rig rig = Rig.start().withBot()) {
      Person liWei = rig.person(1);
      liWei.say("/pidcheck 报告 节点 " + rig.node());
      JsonNode files = withFiles(liWei);
      assertThat(names(files))
          .containsExactly(
              rig.node() + "-report.md", rig.node() + "-pids.png", rig.node() + "-evidence.json");
      assertThat(files.path("files").path(0).path("title").asString()).contains("故障报告");
      assertThat(Person.shown(liWei.reads("谁占了 PID"))).contains(rig.node());
    }
  }

  @Test
  void remembersTheWishForAReportThroughARestart() {
    try (Rig rig = Rig.start().withBot()) {
      rig.cluster().inject(new ClusterFault.SandboxFails("held"));
      Person alex = rig.person(0);
      alex.say("/pidcheck report node " + rig.node());
      alex.reads("held");
      rig.stopBot();
      rig.cluster().clearFaults();
      rig.withBot();
      assertThat(names(withFiles(alex))).contains(rig.node() + "-report.md");
    }
  }

  @Test
  void saysThatItMustBeInvitedToAttachFiles() {
    try (Rig rig = Rig.start().withBot()) {
      Person alex = rig.person(0).inChannel(1);
      alex.say("/pidcheck node " + rig.node());
      assertThat(Person.shown(alex.reads("/invite @pidcheck"))).contains("What this rests on");
      isReported(rig);
      assertThat(alex.replies()).hasSize(1);
    }
  }

  @Test
  void tellsTheRestWhereSlackRefusesTheFiles() {
    for (String method : List.of("files.getUploadURLExternal", "files.completeUploadExternal")) {
      try (Rig rig = Rig.start().withBot()) {
        Person alex = rig.person(0);
        alex.fault(
            Map.of(
                "fail", Map.of("method", method, "error", "storage_limit_reached", "status", 200)));
        alex.say("/pidcheck node " + rig.node());
        assertThat(Person.shown(alex.reads("storage_limit_reached")))
            .contains("What this rests on")
            .contains("Slack did not take");
        isReported(rig);
        assertThat(alex.replies()).hasSize(1);
      }
    }
  }

  @Test
  void givesUpOnFilesThatDoNotGetThrough() {
    try (Rig rig = Rig.start().withBot()) {
      Person alex = rig.person(0);
      alex.fault(
          Map.of(
              "fail",
              Map.of("method", "files.getUploadURLExternal", "status", 503, "times", 1000)));
      alex.say("/pidcheck node " + rig.node());
      alex.reads("Slack did not take");
      isReported(rig);
    }
  }

  @Test
  void waitsAsLongAsSlackAsksItTo() {
    try (Rig rig = Rig.start().withBot()) {
      Person alex = rig.person(0);
      for (String method :
          List.of(
              "chat.postMessage", "files.getUploadURLExternal", "files.completeUploadExternal")) {
        alex.fault(Map.of("rate_limit", Map.of("method", method, "retry_after_s", 1, "times", 1)));
      }
      alex.say("/pidcheck node " + rig.node());
      alex.reads("What this rests on");
      assertThat(names(withFiles(alex))).hasSize(2);
      isReported(rig);
      assertThat(alex.replies()).hasSize(2);
    }
  }

  @Test
  void sharesTheSameFilesWhenItWasKilledBeforeTheyWereShared() {
    try (Rig rig = Rig.start();
        KubernetesClient kubernetes = rig.kubernetes()) {
      Person alex = rig.person(0);
      try (LocalProcess first = LocalProcess.start(rig.environment(), "serve")) {
        alex.comesOnline();
        alex.fault(
            Map.of(
                "delay",
                Map.of("method", "files.completeUploadExternal", "millis", 3000, "times", 1)));
        alex.say("/pidcheck node " + rig.node());
        await("files are noted")
            .atMost(Person.SOON)
            .until(() -> annotations(kubernetes).containsKey(FILES));
        assertThat(annotations(kubernetes)).doesNotContainKey(REPORTED);
        first.kill();
      }
      try (LocalProcess second = LocalProcess.start(rig.environment(), "serve")) {
        isReported(rig);
        assertThat(second).isNotNull();
      }
      alex.reads("What this rests on");
      withFiles(alex);
      assertThat(alex.replies()).hasSize(2);
      assertThat(alex.messages()).hasSize(1);
    }
  }

  @Test
  void sharesNothingTwiceWhenItWasKilledBeforeItCouldNoteIt() {
    try (Rig rig = Rig.start().withBot();
        KubernetesClient kubernetes = rig.kubernetes()) {
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      withFiles(alex);
      isReported(rig);
      rig.stopBot();
      forgetTheEnd(kubernetes);
      rig.withBot();
      isReported(rig);
      assertThat(annotations(kubernetes).get(FILES)).contains("\"shared\":true");
      assertThat(alex.replies()).hasSize(2);
    }
  }

  /** As if the bot had been killed after Slack took the files and before it noted so. */
  private static void forgetTheEnd(KubernetesClient kubernetes) {
    kubernetes
        .batch()
        .v1()
        .jobs()
        .inNamespace("pidcheck")
        .withName(job(kubernetes).getMetadata().getName())
        .edit(
            job -> {
              Map<String, String> annotations = job.getMetadata().getAnnotations();
              annotations.remove(REPORTED);
              annotations.computeIfPresent(
                  FILES, (key, json) -> json.replace("\"shared\":true", "\"shared\":false"));
              return job;
            });
  }

  @Test
  void leavesNothingInTheThreadWhereThereIsNothingToTell() {
    try (Rig rig = Rig.start().withBot();
        KubernetesClient kubernetes = rig.kubernetes()) {
      rig.cluster().inject(new ClusterFault.SandboxFails("held"));
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      alex.reads("held");
      assertThat(alex.replies()).hasSize(1);
      kubernetes.batch().v1().jobs().inNamespace("pidcheck").delete();
      alex.reads("somebody deleted");
      await("no reply").atMost(Person.SOON).until(() -> alex.replies().isEmpty());
    }
  }

  private static JsonNode withFiles(Person person) {
    return person.sees("files", message -> message.path("files").size() > 0);
  }

  private static List<String> names(JsonNode message) {
    return StreamSupport.stream(message.path("files").spliterator(), false)
        .map(file -> file.path("name").asString())
        .toList();
  }

  private static void isReported(Rig rig) {
    try (KubernetesClient kubernetes = rig.kubernetes()) {
      await("the check is reported")
          .atMost(Person.SOON)
          .until(() -> annotations(kubernetes).containsKey(REPORTED));
    }
  }

  private static Map<String, String> annotations(KubernetesClient kubernetes) {
    List<Job> jobs = kubernetes.batch().v1().jobs().inNamespace("pidcheck").list().getItems();
    return jobs.isEmpty() ? Map.of() : jobs.getFirst().getMetadata().getAnnotations();
  }

  private static Job job(KubernetesClient kubernetes) {
    return kubernetes.batch().v1().jobs().inNamespace("pidcheck").list().getItems().getFirst();
  }
}
