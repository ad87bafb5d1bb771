package io.pidcheck.bot.local.cluster.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pidcheck.bot.local.cluster.event.EventRecorder;
import io.pidcheck.bot.local.cluster.fault.Faults;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every pod of the node shares. */
record KubeletContext(
    KubernetesClient client,
    EventRecorder events,
    NodeLogs logs,
    Faults faults,
    Clock clock,
    Map<String, List<String>> images) {
  private static final Logger LOG = LoggerFactory.getLogger(KubeletContext.class);

  KubeletContext {
    images = Map.copyOf(images);
  }

  Optional<List<String>> entrypoint(String image) {
    return Optional.ofNullable(images.get(image));
  }

  /** Writes the status of this very pod, not of a later one of its name. */
  void report(Pod pod, PodStatus status) {
    Pod reported =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(pod.getMetadata().getNamespace())
            .withName(pod.getMetadata().getName())
            .withUid(pod.getMetadata().getUid())
            .endMetadata()
            .withStatus(status)
            .build();
    try {
      client.resource(reported).updateStatus();
    } catch (KubernetesClientException e) {
      LOG.debug("status of pod {} not written: {}", pod.getMetadata().getName(), e.getMessage());
    }
  }

  /** Removes the object of a pod that has stopped. */
  void deleteForGood(Pod pod) {
    try {
      client.resource(pod).withGracePeriod(0).delete();
    } catch (KubernetesClientException e) {
      LOG.debug("pod {} not deleted: {}", pod.getMetadata().getName(), e.getMessage());
    }
  }
}
