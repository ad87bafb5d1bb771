package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pidcheck.bot.cluster.PodRef.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The pods of one node by uid. Rights: pods list (all namespaces), replicasets get. */
public final class PodsOfNode {

  // kubelet: a static pod's cgroup carries the hash of its manifest, not the mirror pod's uid
  private static final String CONFIG_HASH = "kubernetes.io/config.hash";

  private final KubernetesClient client;

  public PodsOfNode(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Names the pods with these uids; one that is not on the node any more is left out.
   *
   * @throws ClusterException when the pods cannot be listed
   */
  public Map<String, PodRef> byUid(String node, Set<String> uids) {
    if (uids.isEmpty()) {
      return Map.of();
    }
    Map<String, PodRef> found = new HashMap<>();
    for (Pod pod : list(node)) {
      String uid = cgroupUid(pod);
      if (uids.contains(uid)) {
        found.put(uid, ref(pod));
      }
    }
    return Map.copyOf(found);
  }

  private List<Pod> list(String node) {
    try {
      return client.pods().inAnyNamespace().withField("spec.nodeName", node).list().getItems();
    } catch (KubernetesClientException e) {
      throw new ClusterException("listing the pods of " + node, e);
    }
  }

  private static String cgroupUid(Pod pod) {
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    String hash = annotations == null ? null : annotations.get(CONFIG_HASH);
    return hash == null ? pod.getMetadata().getUid() : hash;
  }

  private PodRef ref(Pod pod) {
    String namespace = pod.getMetadata().getNamespace();
    String qos = pod.getStatus() == null ? null : pod.getStatus().getQosClass();
    return new PodRef(
        namespace,
        pod.getMetadata().getName(),
        controller(pod.getMetadata().getOwnerReferences()).map(owner -> top(namespace, owner)),
        qos == null ? "" : qos);
  }

  private static Optional<OwnerReference> controller(List<OwnerReference> owners) {
    return owners.stream().filter(owner -> Boolean.TRUE.equals(owner.getController())).findFirst();
  }

  private Workload top(String namespace, OwnerReference owner) {
    Workload direct = new Workload(owner.getKind(), owner.getName());
    if (!"ReplicaSet".equals(owner.getKind())) {
      return direct;
    }
    try {
      return Optional.ofNullable(
              client.apps().replicaSets().inNamespace(namespace).withName(owner.getName()).get())
          .flatMap(set -> controller(set.getMetadata().getOwnerReferences()))
          .map(above -> new Workload(above.getKind(), above.getName()))
          .orElse(direct);
    } catch (KubernetesClientException e) {
      return direct; // the ReplicaSet's name still says whose pod it is
    }
  }
}
