package io.pidcheck.bot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.cluster.kubelet.CgroupTasks;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Lack;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.NotTold;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Told;
import io.pidcheck.bot.diagnosis.LimitUse.Kind;
import io.pidcheck.bot.evidence.EvidenceFiles;
import io.pidcheck.bot.evidence.KubeletFigures;
import io.pidcheck.bot.golden.GoldenFiles;
import io.pidcheck.probe.report.CgroupKind;
import io.pidcheck.probe.report.CgroupPids;
import io.pidcheck.probe.report.Limit;
import io.pidcheck.probe.report.Missing;
import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.PidLimits;
import io.pidcheck.probe.report.PidUse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The incident's node with one thing about it changed. */
class BindingTest {

  private static final GoldenFiles GOLDEN =
      new GoldenFiles(Path.of("src/test/resources/diagnosis"));
  private static final NodeReport INCIDENT =
      EvidenceFiles.report(
          GOLDEN.read(Path.of("src/test/resources/diagnosis/incident"), "in-report.json"),
          "k8s-worker02");

  @Test
  void bindsTheIncidentByPidMaxAndThenByThePodsCeiling() {
    Limits limits = Limits.of(INCIDENT);
    assertThat(limits.binding().orElseThrow().kind()).isEqualTo(Kind.PID_MAX);
    assertThat(limits.binding().orElseThrow().free()).isEqualTo(833);
    assertThat(limits.next().orElseThrow().path()).isEqualTo("/kubepods");
  }

  @Test
  void bindsByThePodsCeilingOncePidMaxAloneWasRaised() {
    Limits limits =
        Limits.of(with(131_072, 513_000, List.of(cgroup("/kubepods", CgroupKind.KUBEPODS))));
    assertThat(limits.binding().orElseThrow().kind()).isEqualTo(Kind.CGROUP);
    assertThat(limits.next().orElseThrow().kind()).isEqualTo(Kind.PID_MAX);
  }

  @Test
  void bindsByThreadsMaxWhereThatIsLower() {
    Limits limits = Limits.of(with(4_194_304, 31_700, List.of()));
    assertThat(limits.binding().orElseThrow().kind()).isEqualTo(Kind.THREADS_MAX);
  }

  @Test
  void putsWhatIsFullForAllBeforeWhatIsFullForOnePod() {
    Limits limits =
        Limits.of(
            with(
                131_072,
                513_000,
                List.of(
                    cgroup("/kubepods/pod1", CgroupKind.POD),
                    cgroup("/system.slice/containerd.service", CgroupKind.RUNTIME))));
    assertThat(limits.binding().orElseThrow().scope()).isEqualTo(LimitUse.Scope.RUNTIME);
  }

  @Test
  void bindsByNothingWhereThereIsRoom() {
    Limits limits = Limits.of(with(4_194_304, 513_000, List.of()));
    assertThat(limits.binding()).isEmpty();
    assertThat(limits.next()).isEmpty();
    assertThat(limits.all()).hasSize(2);
  }

  @Test
  void doesNotCallANodeCalmByTheFewProcessesThatItSees() {
    Limits limits = Limits.of(hidden(List.of()));
    assertThat(limits.pidMax()).isEmpty();
    assertThat(limits.all()).isEmpty();
  }

  @Test
  void takesTheKubeletsCountAndTheCgroupsWhereProcessesAreHidden() {
    KubeletFigures kubelet = new KubeletFigures(32_768, 32_400, Instant.EPOCH);
    Limits limits =
        Limits.of(hidden(List.of(cgroup("/kubepods", CgroupKind.KUBEPODS))), Optional.of(kubelet));
    assertThat(limits.pidMax().orElseThrow().free()).isEqualTo(68);
    assertThat(limits.all()).hasSize(2);
  }

  @Test
  void bindsByPidMaxWhereThePodsAloneFillItAndTheCountIsOfTheWholeMachine() {
    KubeletFigures kubelet =
        new KubeletFigures(
            new NotTold<>(Lack.OTHERS_COUNTED, "4279 > 4096", OptionalLong.of(4_096)),
            new Told<>(
                List.of(
                    tasks("/kubepods", "", 3_769, OptionalLong.of(4_096)),
                    tasks("/kubepods/podx/1", "order-service", 3_741, OptionalLong.empty()))),
            Map.of(),
            Instant.EPOCH);
    LimitUse binding = Limits.of(kubelet).binding().orElseThrow();
    assertThat(binding.kind()).isEqualTo(LimitUse.Kind.PID_MAX);
    assertThat(binding.free()).isEqualTo(27);
    assertThat(binding.used()).isEqualTo(3_769);
  }

  private static CgroupTasks tasks(String id, String container, long threads, OptionalLong limit) {
    return new CgroupTasks(id, "shop", "pod", container, threads, 1, limit, Optional.empty());
  }

  private static NodeReport hidden(List<CgroupPids> cgroups) {
    NodeReport report = with(32_768, 513_000, cgroups);
    return new NodeReport(
        report.version(),
        true,
        report.node(),
        report.limits(),
        new PidUse(11, 1, 0, 0, OptionalLong.of(32_457)),
        report.memory(),
        report.processes().subList(0, 1),
        report.cgroups(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(new Missing(Missing.OTHERS_PROCESSES, "hidden")));
  }

  private static CgroupPids cgroup(String path, CgroupKind kind) {
    return new CgroupPids(
        path, kind, Optional.empty(), Optional.empty(), Limit.of(32_768), OptionalLong.of(32_768));
  }

  private static NodeReport with(long pidMax, long threadsMax, List<CgroupPids> cgroups) {
    PidUse use = INCIDENT.use();
    return new NodeReport(
        INCIDENT.version(),
        true,
        INCIDENT.node(),
        new PidLimits(Limit.of(pidMax), Limit.of(threadsMax)),
        new PidUse(
            use.threads(),
            use.processes(),
            use.kernelThreads(),
            use.zombies(),
            OptionalLong.of(pidMax - 300 - use.threads())),
        INCIDENT.memory(),
        INCIDENT.processes(),
        cgroups,
        INCIDENT.owners(),
        INCIDENT.commands(),
        INCIDENT.threadNames(),
        List.of(),
        List.of());
  }
}
