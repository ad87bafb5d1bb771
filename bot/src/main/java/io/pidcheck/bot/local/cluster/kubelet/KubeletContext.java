package io.pidcheck.bot.local.cluster.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pidcheck.bot.local.cluster.fault.Faults;
import io.pidcheck.bot.local.cluster.report.EventRecorder;
import io.pidcheck.bot.local.cluster.report.StatusReporter;
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
    StatusReporter statuses,
    NodeLogs logs,
    Faults faults,
    Clock clock,
    Map<String, List<String>> images,
    RunningContainers running) {
  private static final Logger LOG = LoggerFactory.getLogger(KubeletContext.class);

  KubeletContext {
    images = Map.copyOf(images);
  }

  Optional<List<String>> entrypoint(String image) {
    return Optional.ofNullable(images.get(image));
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
