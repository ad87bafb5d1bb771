package io.pidcheck.bot.cluster.kubelet;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where one node's kubelet listens.
 *
 * @param host empty where the node says no address
 */
public record KubeletAddress(String node, String host, int port) {

  // Kubernetes: the kubelet's own default
  private static final int DEFAULT_PORT = 10250;
  // The API server's --kubelet-preferred-address-types, without the names that need a DNS
  private static final List<String> PREFERRED = List.of("InternalIP", "ExternalIP", "Hostname");

  /** As the node's status has it. */
  public static KubeletAddress of(Node node) {
    List<NodeAddress> addresses =
        node.getStatus() == null ? List.of() : node.getStatus().getAddresses();
    String host =
        PREFERRED.stream().flatMap(type -> ofType(addresses, type)).findFirst().orElse("");
    return new KubeletAddress(node.getMetadata().getName(), host, port(node));
  }

  /** Host and port as a URI has them: an IPv6 address stands in brackets. */
  String authority() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private static Stream<String> ofType(List<NodeAddress> addresses, String type) {
    return addresses.stream()
        .filter(address -> type.equals(address.getType()))
        .map(NodeAddress::getAddress)
        .filter(address -> address != null && !address.isBlank());
  }

  private static int port(Node node) {
    return Optional.ofNullable(node.getStatus())
        .map(status -> status.getDaemonEndpoints())
        .map(endpoints -> endpoints.getKubeletEndpoint())
        .map(endpoint -> endpoint.getPort())
        .filter(port -> port > 0)
        .orElse(DEFAULT_PORT);
  }
}
