package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pidcheck.bot.cluster.PodRef.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a pod belongs to. Right: replicasets get. */
public final class Workloads {

  private static final Logger LOG = LoggerFactory.getLogger(Workloads.class);

  // kubelet: a static pod's cgroup carries the hash of its manifest, not the mirror pod's uid
  private static final String CONFIG_HASH = "kubernetes.io/config.hash";

  private final KubernetesClient client;

  public Workloads(KubernetesClient client) {
    this.client = client;
  }

  /** The uid that the pod's cgroup carries. */
  public static String cgroupUid(Pod pod) {
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    String hash = annotations == null ? null : annotations.get(CONFIG_HASH);
    return hash == null ? pod.getMetadata().getUid() : hash;
  }

  /** A pod's name and its direct controller, without asking the cluster. */
  public static PodRef direct(Pod pod) {
    return ref(pod, controller(pod.getMetadata().getOwnerReferences()).map(Workloads::workload));
  }

  /** A pod's name and its topmost known controller: a Deployment rather than its ReplicaSet. */
  public PodRef topmost(Pod pod) {
    String namespace = pod.getMetadata().getNamespace();
    return ref(
        pod,
        controller(pod.getMetadata().getOwnerReferences()).map(owner -> above(namespace, owner)));
  }

  private static PodRef ref(Pod pod, Optional<Workload> workload) {
    String qos = pod.getStatus() == null ? null : pod.getStatus().getQosClass();
    return new PodRef(
        pod.getMetadata().getNamespace(),
        pod.getMetadata().getName(),
        workload,
        qos == null ? "" : qos);
  }

  private static Optional<OwnerReference> controller(List<OwnerReference> owners) {
    return owners.stream().filter(owner -> Boolean.TRUE.equals(owner.getController())).findFirst();
  }

  private static Workload workload(OwnerReference owner) {
    return new Workload(owner.getKind(), owner.getName());
  }

  private Workload above(String namespace, OwnerReference owner) {
    if (!"ReplicaSet".equals(owner.getKind())) {
      return workload(owner);
    }
    try {
      return Optional.ofNullable(
              client.apps().replicaSets().inNamespace(namespace).withName(owner.getName()).get())
          .flatMap(set -> controller(set.getMetadata().getOwnerReferences()))
          .map(Workloads::workload)
          .orElseGet(() -> workload(owner));
    } catch (KubernetesClientException e) {
      LOG.atWarn()
          .addKeyValue("namespace", namespace)
          .log("no Deployment is named: {}", new ClusterException("replicaset", e).getMessage());
      return workload(owner); // the ReplicaSet's name still says whose pod it is
    }
  }
}
