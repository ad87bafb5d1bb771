package io.pidcheck.bot.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.slack.api.util.json.GsonFactory;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.cluster.kubelet.CgroupTasks;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Lack;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.NotTold;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Told;
import io.pidcheck.bot.cluster.kubelet.NodeTasks;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.EvidenceFiles;
import io.pidcheck.bot.evidence.KubeletFigures;
import io.pidcheck.bot.evidence.ProbeOutcome.Source;
import io.pidcheck.bot.evidence.ProbeOutcome.Stage;
import io.pidcheck.bot.evidence.ProbeProgress.Underway;
import io.pidcheck.bot.evidence.Surroundings;
import io.pidcheck.probe.report.NodeReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What the kubelet's figures come to in words, alone and beside the probe's. */
class FiguresMessageTest {

  private static final Instant NOW = Instant.parse("2026-11-24T15:00:00Z");
  private static final List<CgroupTasks> FULL =
      List.of(
          cgroup("/kubepods", "", 3_780, OptionalLong.of(4_096)),
          cgroup("/kubepods/podx/1", "order-service", 3_741, OptionalLong.empty()),
          cgroup("/kubepods/pody/1", "calico-node", 3, OptionalLong.empty()));

  @Test
  void showsTheNodesCountWhereItIsOfUse() {
    KubeletFigures figures =
        new KubeletFigures(
            new Told<>(new NodeTasks(4_096, 3_790, Optional.of(NOW))),
            new Told<>(FULL),
            Map.of(),
            NOW);
    assertThat(told(figures, Locale.US))
        .contains("3,790 of 4,096 PIDs in use")
        .contains("3,741 threads (91.3%) in container order-service")
        .doesNotContain("at most");
  }

  @Test
  void fallsBackToWhatThePodsHoldWhereTheCountIsOfTheWholeMachine() {
    KubeletFigures figures =
        figures(new NotTold<>(Lack.OTHERS_COUNTED, "4279 > 4096", OptionalLong.of(4_096)));
    assertThat(told(figures, Locale.US))
        .contains("it counts more tasks than the node may have")
        .contains("The pods alone hold 3,780 of 4,096 PIDs (pid_max, 92.2%)")
        .doesNotContain("kubepods")
        .contains("So 16 PIDs are free at most.")
        .contains("A probe’s pod takes about 30")
        .contains("3,741 threads (91.3%) in container order-service");
    assertThat(told(figures, Locale.SIMPLIFIED_CHINESE))
        .contains("光 Pod 就占了 3,780 / 4,096 个 PID（pid_max，92.2%）")
        .contains("最多还剩 16 个 PID");
  }

  @Test
  void showsBothCeilingsWhereTheyDiffer() {
    // pid_max was raised, the pods' ceiling was not
    KubeletFigures figures =
        figures(new NotTold<>(Lack.OTHERS_COUNTED, "9000 > 8192", OptionalLong.of(8_192)));
    assertThat(told(figures, Locale.US))
        .contains("The pods alone hold 3,780 of 8,192 PIDs (pid_max, 46.1%)")
        .contains("All pods together hold 3,780 of 4,096 (pids.max of kubepods)")
        .contains("So 316 PIDs are free at most.");
    assertThat(told(figures, Locale.SIMPLIFIED_CHINESE)).contains("所有 Pod 合计占用 3,780 / 4,096");
  }

  @Test
  void knowsTheCeilingOfAllPodsAlsoOnceTheRuntimeIsDead() {
    KubeletFigures figures = figures(new NotTold<>(Lack.ERROR, "HTTP 500 containerd.sock"));
    assertThat(told(figures, Locale.US))
        .contains("HTTP 500 containerd.sock")
        .doesNotContain("pid_max")
        .contains("All pods together hold 3,780 of 4,096 (pids.max of kubepods)")
        .contains("So 316 PIDs are free at most.")
        .doesNotContain("takes about 30");
  }

  @Test
  void addsTheContainersUpWhereTheirWholeIsNotCounted() {
    KubeletFigures figures =
        new KubeletFigures(
            new NotTold<>(Lack.OTHERS_COUNTED, "4279 > 4096", OptionalLong.of(4_096)),
            new Told<>(FULL.subList(1, 3)),
            Map.of(),
            NOW);
    assertThat(told(figures, Locale.US))
        .contains("The pods alone hold 3,744 of 4,096 PIDs (pid_max, 91.4%)")
        .doesNotContain("kubepods")
        .contains("So 52 PIDs are free at most.");
  }

  @Test
  void claimsNothingWhereNothingIsKnown() {
    KubeletFigures figures =
        new KubeletFigures(
            new NotTold<>(Lack.OTHERS_COUNTED, "4279 > 4096", OptionalLong.of(4_096)),
            new NotTold<>(Lack.NO_RIGHT, "nodes/metrics"),
            Map.of(),
            NOW);
    assertThat(figures.freeAtMost()).isEmpty();
    assertThat(told(figures, Locale.US)).contains("nodes/metrics").doesNotContain("at most");
  }

  @Test
  void showsInBothLanguagesWhereProbeAndKubeletContradictEachOther() throws IOException {
    NodeReport report =
        EvidenceFiles.report(
            Files.readString(Path.of("src/test/resources/cases/incident/in-report.json")),
            "k8s-worker02");
    KubeletFigures other = new KubeletFigures(65_536, 1_200, NOW);
    KubeletFigures same = new KubeletFigures(32_768, report.use().threads() + 20, NOW);
    assertThat(diagnosed(report, other, Locale.US))
        .contains("The probe read 32,768 for pid_max, the kubelet says 65,536")
        .contains("The probe counted 31,635 tasks, the kubelet 1,200");
    assertThat(diagnosed(report, other, Locale.SIMPLIFIED_CHINESE))
        .contains("探针读到的 pid_max 是 32,768，kubelet 说是 65,536")
        .contains("探针数到 31,635 个任务，kubelet 数到 1,200 个");
    assertThat(diagnosed(report, same, Locale.US))
        .doesNotContain("the kubelet says")
        .doesNotContain("tasks, the kubelet");
  }

  private static String diagnosed(NodeReport report, KubeletFigures kubelet, Locale locale) {
    Surroundings none = Surroundings.none(NOW);
    Surroundings around =
        new Surroundings(
            NOW, none.node(), none.pods(), none.events(), Optional.of(kubelet), none.missing());
    Evidence evidence =
        new Evidence(report, Source.LOG, Map.of(), Optional.empty(), around, Optional.empty());
    return words(DiagnosisMessage.of(evidence, Diagnosis.of(evidence), answer(locale)));
  }

  private static KubeletFigures figures(KubeletAnswer<NodeTasks> count) {
    return new KubeletFigures(count, new Told<>(FULL), Map.of(), NOW);
  }

  private static String told(KubeletFigures figures, Locale locale) {
    return words(
        CheckMessages.progress(
            new CheckMessages.Checking("n", Optional.empty()),
            answer(locale),
            new Underway(Stage.POD_STARTING, ""),
            Optional.of(figures)));
  }

  private static AnswerTo answer(Locale locale) {
    return new AnswerTo("C1", "1.0", "U1", locale);
  }

  private static String words(Message message) {
    StringBuilder text = new StringBuilder();
    gather(GsonFactory.createSnakeCase().toJsonTree(message.blocks()), text);
    return text.toString();
  }

  private static void gather(JsonElement element, StringBuilder text) {
    if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(child -> gather(child, text));
    } else if (element.isJsonObject()) {
      element
          .getAsJsonObject()
          .asMap()
          .forEach(
              (name, child) -> {
                if (name.equals("text") && child.isJsonPrimitive()) {
                  text.append(child.getAsString());
                } else {
                  gather(child, text);
                }
              });
    }
  }

  private static CgroupTasks cgroup(String id, String container, long threads, OptionalLong limit) {
    return new CgroupTasks(id, "shop", "pod", container, threads, 1, limit, Optional.of(NOW));
  }
}
