package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pidcheck.bot.cluster.kubelet.KubeletAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The cluster's nodes. Rights: nodes get, list. */
public final class Nodes {

  private static final long PAGE = 500;

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
    return all(node -> node.getMetadata().getName()).stream().sorted().toList();
  }

  /**
   * Where all kubelets listen, in the order of their nodes' names.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public List<KubeletAddress> kubelets() {
    return all(KubeletAddress::of).stream()
        .sorted(Comparator.comparing(KubeletAddress::node))
        .toList();
  }

  /** Reads a page at a time: 5,000 Node objects at once would be some 75 MB. */
  private <T> List<T> all(Function<Node, T> kept) {
    List<T> all = new ArrayList<>();
    try {
      String next = null;
      do {
        NodeList page =
            client
                .nodes()
                .list(new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build());
        page.getItems().stream().map(kept).forEach(all::add);
        next = page.getMetadata().getContinue();
      } while (next != null && !next.isEmpty());
    } catch (KubernetesClientException e) {
      throw new ClusterException("listing nodes", e);
    }
    return all;
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
