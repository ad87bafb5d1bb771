package io.pidcheck.bot.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pidcheck.bot.local.cluster.fault.ClusterFault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ways a check's pod can go wrong, and that all is well once the fault is cleared. */
class ClusterFaultTest {
  private static final String NO_FORK =
      "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to start shim: start"
          + " failed: : fork/exec /usr/bin/containerd-shim-runc-v2: resource temporarily"
          + " unavailable: unknown";

  private static RunningCluster running;

  @BeforeAll
  static void start() {
    running = new RunningCluster();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @AfterEach
  void clear() {
    running.cluster.clearFaults();
  }

  @Test
  void holdsPodsWithoutASandboxUntilThereIsOne() {
    running.cluster.inject(new ClusterFault.SandboxFails(NO_FORK));
    running.create(running.job("sandbox", "true"));

    Pod pod = running.awaitPod("sandbox", found -> found.getStatus().getStartTime() != null);

    assertThat(pod.getStatus().getPhase()).isEqualTo("Pending");
    assertThat(
            pod.getStatus().getContainerStatuses().getFirst().getState().getWaiting().getReason())
        .isEqualTo("ContainerCreating");
    assertThat(
            running.awaitEvent(pod.getMetadata().getName(), "FailedCreatePodSandBox").getMessage())
        .isEqualTo(NO_FORK);
    assertThat(logRefusal(pod))
        .contains("container \"main\" in pod", "is waiting to start: ContainerCreating");
    running.cluster.clearFaults();
    running.awaitCondition("sandbox", "Complete");
  }

  @Test
  void deletesAPodThatNeverHadASandbox() {
    running.cluster.inject(new ClusterFault.SandboxFails(NO_FORK));
    running.create(running.job("held", "true").editSpec().withActiveDeadlineSeconds(1L).endSpec());

    Pod pod = running.awaitPod("held", found -> true);
    Job job = running.awaitCondition("held", "Failed");

    running.awaitNoPod(pod);
    assertThat(RunningCluster.reason(job, "Failed")).isEqualTo("DeadlineExceeded");
  }

  @Test
  void failsPodsThatTheKubeletRefuses() {
    running.cluster.inject(
        new ClusterFault.KubeletRefusesPods("OutOfpods", "Node didn't have enough resource: pods"));
    running.create(running.job("refused", "true"));

    running.awaitCondition("refused", "Failed");
    Pod pod = running.awaitPod("refused", found -> true);

    assertThat(pod.getStatus().getPhase()).isEqualTo("Failed");
    assertThat(pod.getStatus().getReason()).isEqualTo("OutOfpods");
    assertThat(pod.getStatus().getMessage()).isEqualTo("Node didn't have enough resource: pods");
    assertThat(pod.getStatus().getContainerStatuses()).isEmpty();
  }

  @Test
  void tellsOnTheJobThatItsPodsAreForbidden() {
    running.cluster.inject(
        new ClusterFault.AdmissionRefusesPods("violates PodSecurity \"restricted:latest\""));
    running.create(running.job("forbidden", "true"));

    assertThat(running.awaitEvent("forbidden", "FailedCreate").getMessage())
        .matches(
            "Error creating: pods \"forbidden-[a-z0-9]{5}\" is forbidden: violates PodSecurity"
                + " \"restricted:latest\"");
    running.cluster.clearFaults();
    running.awaitCondition("forbidden", "Complete");
  }

  @Test
  void tellsOnTheJobThatItsServiceAccountIsMissing() {
    running.create(
        running
            .job("noaccount", "true")
            .editSpec()
            .editTemplate()
            .editSpec()
            .withServiceAccountName("nobody")
            .endSpec()
            .endTemplate()
            .endSpec());

    assertThat(running.awaitEvent("noaccount", "FailedCreate").getMessage())
        .endsWith("serviceaccount \"nobody\" not found");
  }

  @Test
  void failsToStartContainersAsTheRuntimeDoes() {
    running.cluster.inject(
        new ClusterFault.ContainersFailToStart("read init-p: connection reset by peer: unknown"));
    running.create(running.job("runtime", "true"));

    running.awaitCondition("runtime", "Failed");
    Pod pod = running.awaitPod("runtime", found -> true);

    assertThat(RunningCluster.terminated(pod).getReason()).isEqualTo("StartError");
    assertThat(RunningCluster.terminated(pod).getExitCode()).isEqualTo(128);
    assertThat(RunningCluster.terminated(pod).getMessage())
        .isEqualTo("read init-p: connection reset by peer: unknown");
  }

  @Test
  void losesTheLogButNotTheTerminationMessage() {
    running.create(running.job("nolog", "echo text; echo kept >/dev/termination-log"));
    running.awaitCondition("nolog", "Complete");
    Pod pod = running.awaitPod("nolog", found -> true);
    running.cluster.inject(
        new ClusterFault.LogsUnavailable("dial tcp 10.0.0.5:10250: connect: connection refused"));

    assertThat(logRefusal(pod)).contains("connect: connection refused");
    assertThat(RunningCluster.terminated(pod).getMessage()).isEqualTo("kept\n");
    running.cluster.clearFaults();
    assertThat(running.client.pods().resource(pod).getLog()).isEqualTo("text\n");
  }

  @Test
  void losesTheNodeAndGetsItBack() {
    String node = running.cluster.nodeName();
    running.cluster.inject(new ClusterFault.NodeGone());
    running.create(running.job("nonode", "true"));

    Pod pod = running.awaitPod("nonode", found -> true);

    assertThat(running.client.nodes().withName(node).get()).isNull();
    assertThat(pod.getStatus().getPhase()).isEqualTo("Pending");
    running.cluster.clearFaults();
    assertThat(running.client.nodes().withName(node).get()).isNotNull();
    running.awaitCondition("nonode", "Complete");
  }

  private static String logRefusal(Pod pod) {
    try {
      return "no refusal but: " + running.client.pods().resource(pod).getLog();
    } catch (KubernetesClientException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
