package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether the probe's pod fits beside what a node already runs. Measured: for a pod of priority
 * system-node-critical that does not fit, the kubelet kills others ("Preempted in order to admit
 * critical pod"). A look at a node must not cost anybody a pod.
 *
 * @param forRequests its CPU and memory can be requested
 * @param forPriority one more pod is allowed, so that the priority takes nobody's place
 */
record NodeRoom(boolean forRequests, boolean forPriority) {

  private static final Set<String> OVER = Set.of("Succeeded", "Failed");

  /** Where the pods cannot be listed, nothing is requested. Rights: nodes get, pods list. */
  static NodeRoom on(String name, ProbePod probe, KubernetesClient client) {
    try {
      Node node = client.nodes().withName(name).get();
      if (node == null || node.getStatus() == null) {
        return new NodeRoom(false, true);
      }
      List<Pod> pods =
          client.pods().inAnyNamespace().withField("spec.nodeName", name).list().getItems().stream()
              .filter(NodeRoom::counts)
              .toList();
      return of(node.getStatus().getAllocatable(), pods, probe);
    } catch (KubernetesClientException e) {
      return new NodeRoom(false, true);
    }
  }

  static NodeRoom of(Map<String, Quantity> allocatable, List<Pod> pods, ProbePod probe) {
    boolean fits =
        fits("cpu", probe.cpu(), allocatable, pods)
            && fits("memory", probe.memory(), allocatable, pods);
    Quantity most = allocatable.get("pods");
    boolean slot = most == null || amount(most).compareTo(BigDecimal.valueOf(pods.size())) > 0;
    return new NodeRoom(fits, slot);
  }

  private static boolean counts(Pod pod) {
    return pod.getStatus() == null || !OVER.contains(String.valueOf(pod.getStatus().getPhase()));
  }

  private static boolean fits(
      String resource, String wanted, Map<String, Quantity> allocatable, List<Pod> pods) {
    Quantity whole = allocatable.get(resource);
    if (whole == null) {
      return false;
    }
    BigDecimal taken =
        pods.stream().map(pod -> requested(pod, resource)).reduce(BigDecimal.ZERO, BigDecimal::add);
    return taken.add(amount(new Quantity(wanted))).compareTo(amount(whole)) <= 0;
  }

  // Kubernetes: the larger of all containers together and the largest init container.
  private static BigDecimal requested(Pod pod, String resource) {
    BigDecimal running =
        requests(pod.getSpec().getContainers(), resource).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal starting =
        requests(pod.getSpec().getInitContainers(), resource)
            .reduce(BigDecimal.ZERO, BigDecimal::max);
    return running.max(starting);
  }

  private static Stream<BigDecimal> requests(List<Container> containers, String resource) {
    return containers.stream()
        .filter(container -> container.getResources() != null)
        .map(container -> container.getResources().getRequests())
        .filter(requests -> requests != null && requests.containsKey(resource))
        .map(requests -> amount(requests.get(resource)));
  }

  private static BigDecimal amount(Quantity quantity) {
    return quantity.getNumericalAmount();
  }
}
