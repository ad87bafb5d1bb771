package io.pidcheck.bot.rig;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Node objects with a calico-node pod each, and no machine behind them. */
public final class ManyNodes {

  private static final String CALICO = "calico-node";
  private static final ContainerStateTerminated FAILED = ended(137, "Error");
  // containerd dates what a reboot ended to its own start, with this code and reason
  private static final ContainerStateTerminated LOST = ended(255, "Unknown");

  private final KubernetesClient client;
  private final List<Pod> pods;

  private ManyNodes(KubernetesClient client, List<Pod> pods) {
    this.client = client;
    this.pods = pods;
  }

  public static ManyNodes create(KubernetesClient client, int count) {
    return create(client, count, new Making(node -> node, pod -> pod));
  }

  /** Each object as big as in a real cluster. */
  public static ManyNodes ofRealSize(KubernetesClient client, int count) {
    return create(client, count, new Making(RealSize::of, RealSize::of));
  }

  private record Making(UnaryOperator<Node> node, UnaryOperator<Pod> pod) {}

  private static ManyNodes create(KubernetesClient client, int count, Making making) {
    return new ManyNodes(
        client, IntStream.range(0, count).mapToObj(n -> create(client, name(n), making)).toList());
  }

  public Stream<String> names() {
    return pods.stream().map(pod -> pod.getSpec().getNodeName());
  }

  public Stream<String> uids() {
    return pods.stream().map(pod -> pod.getMetadata().getUid());
  }

  /** One restart more on each of them. */
  public void restartAll() {
    restart(pods.size());
  }

  /** One restart more on the first of them. */
  public void restart(int first) {
    pods.stream().limit(first).forEach(pod -> report(client, pod, 1, FAILED));
  }

  /** The first of them starts anew, and its container with it, as a kubelet tells that. */
  public void rebootFirst() {
    String node = names().findFirst().orElseThrow();
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    client
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(node + ".rebooted")
                .endMetadata()
                .withNewInvolvedObject()
                .withKind("Node")
                .withName(node)
                .withUid(node)
                .endInvolvedObject()
                .withType("Warning")
                .withReason("Rebooted")
                .withMessage("Node " + node + " has been rebooted, boot id: b0")
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .build())
        .create();
    report(client, pods.getFirst(), 1, LOST);
  }

  /** The last one's pod and node go, as when a machine is given up. */
  public void deleteLast() {
    Pod pod = pods.getLast();
    client.resource(pod).withGracePeriod(0).delete();
    client.nodes().withName(pod.getSpec().getNodeName()).delete();
  }

  /** Only that many of the pods are left. */
  public void deletePodsDownTo(int left) {
    pods.stream().skip(left).forEach(pod -> client.resource(pod).withGracePeriod(0).delete());
  }

  /** One restart more on the n-th of them. */
  public void restartOne(int n) {
    report(client, pods.get(n), 1, FAILED);
  }

  private static String name(int n) {
    return "node-%04d".formatted(n);
  }

  private static Pod create(KubernetesClient client, String node, Making making) {
    Node small = new NodeBuilder().withNewMetadata().withName(node).endMetadata().build();
    client.resource(making.node().apply(small)).create();
    Pod lean =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("kube-system")
            .withName(CALICO + "-" + node)
            .addToLabels("k8s-app", CALICO)
            .endMetadata()
            .withNewSpec()
            .withNodeName(node)
            .addNewContainer()
            .withName(CALICO)
            .withImage("calico/node:v3.20.0")
            .endContainer()
            .endSpec()
            .build();
    Pod pod = client.resource(making.pod().apply(lean)).create();
    report(client, pod, 0, FAILED);
    return pod;
  }

  private static ContainerStateTerminated ended(int code, String reason) {
    ContainerStateTerminated end = new ContainerStateTerminated();
    end.setExitCode(code);
    end.setReason(reason);
    return end;
  }

  private static void report(
      KubernetesClient client, Pod pod, int restarts, ContainerStateTerminated end) {
    Pod now =
        new PodBuilder(pod)
            .editMetadata()
            .withResourceVersion(null)
            .endMetadata()
            .withStatus(status(restarts, end))
            .build();
    client.resource(now).updateStatus();
  }

  private static PodStatus status(int restarts, ContainerStateTerminated end) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    var status =
        new PodStatusBuilder()
            .withPhase("Running")
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .withLastTransitionTime(now)
            .endCondition()
            .addNewContainerStatus()
            .withName(CALICO)
            .withReady(true)
            .withRestartCount(restarts)
            .withNewState()
            .withNewRunning(now)
            .endState();
    return (restarts == 0
            ? status
            : status
                .withNewLastState()
                .withNewTerminatedLike(end)
                .withFinishedAt(now)
                .endTerminated()
                .endLastState())
        .endContainerStatus()
        .build();
  }
}
