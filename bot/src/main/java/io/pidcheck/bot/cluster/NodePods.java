package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pidcheck.bot.act.Ending;
import io.pidcheck.bot.act.Ending.Deletion;
import io.pidcheck.bot.act.PodName;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pods of a node, and the deletion of one. Rights: pods list and delete, all namespaces. */
public final class NodePods {

  private static final String MIRROR = "kubernetes.io/config.mirror";

  private final KubernetesClient client;

  public NodePods(KubernetesClient client) {
    this.client = client;
  }

  /**
   * All pods of one node.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public List<NodePod> on(String node) {
    try {
      return list(node).getItems().stream().map(NodePods::pod).toList();
    } catch (KubernetesClientException e) {
      throw new ClusterException("listing the pods of " + node, e);
    }
  }

  /**
   * The boot of the node that its kubelet last reported; empty where it does not say.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public Optional<String> bootId(String node) {
    try {
      return Optional.ofNullable(client.nodes().withName(node).get())
          .flatMap(found -> Optional.ofNullable(found.getStatus()))
          .flatMap(status -> Optional.ofNullable(status.getNodeInfo()))
          .map(info -> info.getBootID());
    } catch (KubernetesClientException e) {
      throw new ClusterException("reading node " + node, e);
    }
  }

  private PodList list(String node) {
    return client.pods().inAnyNamespace().withField("spec.nodeName", node).list();
  }

  /**
   * Deletes exactly this pod, with its own grace period.
   *
   * @throws ClusterException when the API server cannot be asked: it may or may not have been done,
   *     and can be asked for again
   */
  public Ending.PodDeleted delete(PodName pod, boolean dryRun) {
    try {
      Optional<Pod> present =
          client
              .pods()
              .inNamespace(pod.namespace())
              .withField("metadata.name", pod.name())
              .list()
              .getItems()
              .stream()
              .findFirst();
      if (present.isEmpty()) {
        return new Ending.PodDeleted(Deletion.ALREADY_GONE, "");
      }
      if (!Workloads.cgroupUid(present.get()).equals(pod.uid())) {
        return new Ending.PodDeleted(Deletion.ANOTHER_POD, "");
      }
      if (dryRun) {
        return new Ending.PodDeleted(Deletion.WOULD_DELETE, "");
      }
      return delete(present.get());
    } catch (KubernetesClientException e) {
      if (Refusals.considered(e)) {
        return new Ending.PodDeleted(Deletion.REFUSED, Refusals.words(e));
      }
      throw new ClusterException("deleting " + pod.path(), e);
    }
  }

  /** With the uid as a precondition: a pod that has taken its name meanwhile is not touched. */
  private Ending.PodDeleted delete(Pod pod) {
    try {
      client.raw(
          "/api/v1/namespaces/%s/pods/%s"
              .formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName()),
          "DELETE",
          new DeleteOptionsBuilder()
              .withNewPreconditions()
              .withUid(pod.getMetadata().getUid())
              .endPreconditions()
              .build());
      return new Ending.PodDeleted(Deletion.DELETED, "");
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return new Ending.PodDeleted(Deletion.ANOTHER_POD, "");
      }
      throw e;
    }
  }

  private static NodePod pod(Pod pod) {
    Map<String, String> labels = orEmpty(pod.getMetadata().getLabels());
    Optional<PodCondition> ready =
        Optional.ofNullable(pod.getStatus()).stream()
            .flatMap(status -> status.getConditions().stream())
            .filter(condition -> "Ready".equals(condition.getType()))
            .findFirst();
    return new NodePod(
        pod.getMetadata().getNamespace(),
        pod.getMetadata().getName(),
        Workloads.cgroupUid(pod),
        orEmpty(pod.getMetadata().getAnnotations()).containsKey(MIRROR),
        "calico-node".equals(labels.get("k8s-app")),
        ready.map(PodCondition::getStatus).filter("True"::equals).isPresent(),
        ready.flatMap(condition -> instant(condition.getLastTransitionTime())),
        ready.map(NodePods::words).orElse(""));
  }

  private static String words(PodCondition condition) {
    String message = condition.getMessage() == null ? "" : condition.getMessage();
    String reason = condition.getReason() == null ? "" : condition.getReason();
    return message.isEmpty() ? reason : reason + ": " + message;
  }

  private static Optional<Instant> instant(@Nullable String timestamp) {
    try {
      return Optional.ofNullable(timestamp).map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}
