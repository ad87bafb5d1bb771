package io.pidcheck.bot.local.cluster;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.local.cluster.kubelet.Kubelet;
import io.pidcheck.bot.local.cluster.report.EventRecorder;
import io.pidcheck.bot.local.cluster.report.StatusReporter;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pod of Calico's node agent on this node. It is pretended: an object with a status and no
 * process behind it, so that a restart of it can be shown without breaking a network.
 */
final class CalicoNode {
  static final String NAMESPACE = "kube-system";
  static final String NAME = "calico-node";

  // a container that ignores SIGTERM is killed: 128 + SIGKILL
  private static final int KILLED = 137;
  private static final Map<String, String> LABELS = Map.of("k8s-app", NAME);

  private final KubernetesClient client;
  private final String nodeName;
  private final Clock clock;
  private final EventRecorder kubelet;
  private final StatusReporter statuses;

  CalicoNode(KubernetesClient client, EventRecorder kubelet, String nodeName, Clock clock) {
    this.client = client;
    this.nodeName = nodeName;
    this.clock = clock;
    this.kubelet = kubelet;
    this.statuses = new StatusReporter(client);
  }

  void create() {
    createPod(client.resource(CalicoManifest.daemonSet()).create());
  }

  /** Deletes the pod and makes the next one, as a rollout of the DaemonSet does. */
  void replace() {
    pods().forEach(pod -> client.resource(pod).withGracePeriod(0).delete());
    createPod(client.apps().daemonSets().inNamespace(NAMESPACE).withName(NAME).require());
  }

  /** What a kubelet reports when the liveness probe has failed often enough. */
  void restart() {
    for (Pod pod : pods()) {
      kubelet.warning(
          pod,
          NAME,
          "Unhealthy",
          "Liveness probe failed: sh: can't fork: Resource temporarily unavailable");
      kubelet.warning(
          pod,
          NAME,
          "Unhealthy",
          "Readiness probe failed: sh: can't fork: Resource temporarily unavailable");
      kubelet.normal(
          pod, NAME, "Killing", "Container calico-node failed liveness probe, will be restarted");
      ContainerStatus before = pod.getStatus().getContainerStatuses().getFirst();
      int restarts = before.getRestartCount() + 1;
      ContainerState last = killed(before);
      report(pod, restarts, last, false);
      kubelet.normal(pod, NAME, "Started", "Started container calico-node");
      report(pod, restarts, last, true);
    }
  }

  private List<Pod> pods() {
    return client
        .pods()
        .inNamespace(NAMESPACE)
        .withLabels(LABELS)
        .withField("spec.nodeName", nodeName)
        .list()
        .getItems();
  }

  private void createPod(DaemonSet owner) {
    Pod pod =
        new PodBuilder()
            .withNewMetadataLike(owner.getSpec().getTemplate().getMetadata())
            .withNamespace(NAMESPACE)
            .withGenerateName(NAME + "-")
            .addToAnnotations(Kubelet.PRETEND, "no process stands behind this pod")
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion(owner.getApiVersion())
                    .withKind(owner.getKind())
                    .withName(NAME)
                    .withUid(owner.getMetadata().getUid())
                    .withController(true)
                    .build())
            .endMetadata()
            .withNewSpecLike(owner.getSpec().getTemplate().getSpec())
            .withNodeName(nodeName)
            .endSpec()
            .build();
    report(client.resource(pod).create(), 0, new ContainerState(), true);
  }

  private void report(Pod pod, int restarts, ContainerState last, boolean ready) {
    String now = time(clock.instant());
    PodStatus status =
        new PodStatusBuilder()
            .withPhase("Running")
            .withQosClass(pod.getStatus().getQosClass())
            .withHostIP("127.0.0.1")
            .withPodIP("127.0.0.1")
            .withStartTime(Optional.ofNullable(pod.getStatus().getStartTime()).orElse(now))
            .withConditions(condition("Ready", ready), condition("ContainersReady", ready))
            .withContainerStatuses(
                new ContainerStatusBuilder()
                    .withName(NAME)
                    .withImage(CalicoManifest.IMAGE)
                    .withImageID("")
                    .withRestartCount(restarts)
                    .withReady(ready)
                    .withStarted(ready)
                    .withNewState()
                    .withNewRunning()
                    .withStartedAt(now)
                    .endRunning()
                    .endState()
                    .withLastState(last)
                    .build())
            .build();
    statuses.report(pod, status);
  }

  private ContainerState killed(ContainerStatus before) {
    String started =
        before.getState().getRunning() == null
            ? time(Instant.EPOCH)
            : before.getState().getRunning().getStartedAt();
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withExitCode(KILLED)
        .withReason("Error")
        .withStartedAt(started)
        .withFinishedAt(time(clock.instant()))
        .endTerminated()
        .build();
  }

  private PodCondition condition(String type, boolean holds) {
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(holds ? "True" : "False")
        .withReason(holds ? null : "ContainersNotReady")
        .withLastTransitionTime(time(clock.instant()))
        .build();
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
