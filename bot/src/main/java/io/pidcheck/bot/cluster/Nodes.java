package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cluster's nodes. Rights: nodes get, list. */
public final class Nodes {

  private final KubernetesClient client;

  public Nodes(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Reads one node.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public Optional<NodeState> find(String name) {
    try {
      return Optional.ofNullable(client.nodes().withName(name).get()).map(Nodes::state);
    } catch (KubernetesClientException e) {
      throw new ClusterException("reading node " + name, e);
    }
  }

  /**
   * A node's labels; none where there is no such node.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public Map<String, String> labels(String name) {
    try {
      return Optional.ofNullable(client.nodes().withName(name).get())
          .map(node -> node.getMetadata().getLabels())
          .map(Map::copyOf)
          .orElse(Map.of());
    } catch (KubernetesClientException e) {
      throw new ClusterException("reading node " + name, e);
    }
  }

  /**
   * All node names, sorted.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public List<String> names() {
    try {
      return client.nodes().list().getItems().stream()
          .map(node -> node.getMetadata().getName())
          .sorted()
          .toList();
    } catch (KubernetesClientException e) {
      throw new ClusterException("listing nodes", e);
    }
  }

  private static NodeState state(Node node) {
    Optional<NodeCondition> ready =
        Optional.ofNullable(node.getStatus()).stream()
            .flatMap(status -> status.getConditions().stream())
            .filter(condition -> "Ready".equals(condition.getType()))
            .findFirst();
    return new NodeState(
        node.getMetadata().getName(),
        ready.map(NodeCondition::getStatus).filter("True"::equals).isPresent(),
        ready.map(NodeCondition::getMessage).orElse(""));
  }
}
