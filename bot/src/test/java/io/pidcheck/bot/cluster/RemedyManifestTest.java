package io.pidcheck.bot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.pidcheck.bot.act.Acts;
import io.pidcheck.bot.act.Remedy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The acting pod has one power, for seconds: all that it is given, and that it is given no more.
 */
class RemedyManifestTest {

  private static final String PID_MAX = "/proc/sys/kernel/pid_max";
  private static final String THREADS_MAX = "/proc/sys/kernel/threads-max";
  private static final String PIDS_MAX = "/sys/fs/cgroup/pids/kubepods/pids.max";

  private static final RemedyPod MADE =
      new RemedyPod(
          new ProbePod(
              "pidcheck/node-probe:1",
              Duration.ofSeconds(60),
              Duration.ofHours(1),
              "pidcheck-probe",
              "system-node-critical",
              "100m",
              "96Mi"),
          "pidcheck-remedy",
          Duration.ofSeconds(45),
          Duration.ofSeconds(10),
          List.of("postgres"));

  /** All that run a pod; the deletion of one is the bot's own call. */
  static Stream<Remedy> acts() {
    return Acts.all().stream().filter(act -> !(act instanceof Remedy.DeletePod));
  }

  @ParameterizedTest
  @MethodSource("acts")
  void isUserZeroInTheNodesPidNamespaceAndNothingElse(Remedy act) {
    PodSpec pod = pod(act);
    assertThat(pod.getHostPID()).isTrue();
    assertThat(pod.getHostIPC()).isNull();
    assertThat(pod.getNodeName()).isEqualTo(act.seen().node());
    assertThat(pod.getSecurityContext().getRunAsUser()).isZero();
    assertThat(pod.getSecurityContext().getRunAsGroup()).isZero();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(pod.getInitContainers()).isEmpty();
    assertThat(pod.getEphemeralContainers()).isEmpty();
    assertThat(pod.getContainers()).hasSize(1);
    Container container = pod.getContainers().getFirst();
    assertThat(container.getSecurityContext().getPrivileged()).isNull();
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getSecurityContext().getRunAsUser()).isNull();
    assertThat(container.getCommand()).as("the image's own program").isEmpty();
    assertThat(container.getEnvFrom()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("acts")
  void hasNoTokenAndNoRightInTheApi(Remedy act) {
    PodSpec pod = pod(act);
    assertThat(pod.getServiceAccountName()).isEqualTo("pidcheck-remedy");
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getEnableServiceLinks()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("acts")
  void isTriedOnceAndForSeconds(Remedy act) {
    JobSpec job = job(act, true).getSpec();
    assertThat(job.getActiveDeadlineSeconds()).isEqualTo(45);
    assertThat(job.getBackoffLimit()).isZero();
    assertThat(job.getParallelism()).isEqualTo(1);
    assertThat(job.getTtlSecondsAfterFinished()).isEqualTo(3600);
    assertThat(job.getTemplate().getSpec().getRestartPolicy()).isEqualTo("Never");
    assertThat(job.getTemplate().getSpec().getTerminationGracePeriodSeconds()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("acts")
  void hasNoPodBeforeItIsReleased(Remedy act) {
    assertThat(job(act, false).getSpec().getParallelism()).isZero();
  }

  @Test
  void hasTheCapabilityToKillAndNoFileOfTheNodeForAKill() {
    PodSpec pod = pod(Acts.KILL);
    assertThat(added(pod)).containsExactly("KILL");
    assertThat(pod.getVolumes()).isEmpty();
    assertThat(pod.getContainers().getFirst().getVolumeMounts()).isEmpty();
  }

  @Test
  void hasOneFileOfTheNodeAndNoCapabilityForARaise() {
    Remedy plain =
        new Remedy.RaisePidMax(Acts.SEEN, 32_768, 131_072, false, OptionalLong.empty(), List.of());
    PodSpec pod = pod(plain);
    assertThat(added(pod)).isEmpty();
    assertThat(files(pod)).containsExactly(Map.entry(PID_MAX, "File"));
    assertThat(mounts(pod)).containsExactly("/host/pid_max");
  }

  @Test
  void hasTheSingleFilesThatWouldBindNextAndADirectoryOnlyToPersist() {
    Remedy all =
        new Remedy.RaisePidMax(
            Acts.SEEN, 32_768, 131_072, true, OptionalLong.of(131_072), List.of(PIDS_MAX));
    PodSpec pod = pod(all);
    assertThat(added(pod)).isEmpty();
    assertThat(files(pod))
        .containsExactly(
            Map.entry(PID_MAX, "File"),
            Map.entry(THREADS_MAX, "File"),
            Map.entry(PIDS_MAX, "File"),
            Map.entry("/etc/sysctl.d", "DirectoryOrCreate"));
    assertThat(mounts(pod))
        .containsExactly(
            "/host/pid_max", "/host/threads_max", "/host/cgroup-0/pids.max", "/host/sysctl.d");
  }

  @Test
  void hasOnlyTheFilesThatWereChangedForAnUndo() {
    PodSpec pod = pod(Acts.UNDO);
    assertThat(added(pod)).isEmpty();
    assertThat(files(pod))
        .containsExactly(
            Map.entry(PID_MAX, "File"),
            Map.entry(PIDS_MAX, "File"),
            Map.entry("/etc/sysctl.d", "DirectoryOrCreate"));
  }

  private static List<String> added(PodSpec pod) {
    return pod.getContainers().getFirst().getSecurityContext().getCapabilities().getAdd();
  }

  /** Every volume is a path of the node, and which. */
  private static List<Map.Entry<String, String>> files(PodSpec pod) {
    assertThat(pod.getVolumes()).allMatch(volume -> volume.getHostPath() != null);
    return pod.getVolumes().stream()
        .map(Volume::getHostPath)
        .map(path -> Map.entry(path.getPath(), path.getType()))
        .toList();
  }

  private static List<String> mounts(PodSpec pod) {
    return pod.getContainers().getFirst().getVolumeMounts().stream()
        .map(VolumeMount::getMountPath)
        .toList();
  }

  private static PodSpec pod(Remedy act) {
    return job(act, true).getSpec().getTemplate().getSpec();
  }

  private static Job job(Remedy act, boolean released) {
    RemedyManifest.Plan plan =
        new RemedyManifest.Plan(
            "pidcheck-act-1",
            released,
            false,
            new NodeRoom(true, true),
            MADE.deadline(),
            List.of("11111111-2222-4333-8444-555555555555"));
    return RemedyManifest.job(act, plan, MADE, Map.of());
  }
}
