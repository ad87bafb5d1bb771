package io.pidcheck.bot.local.cluster.report;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a whole status in one request, whatever else changed in the object meanwhile: for the one
 * part of a cluster that this status belongs to.
 */
public final class StatusReporter {
  private static final Logger LOG = LoggerFactory.getLogger(StatusReporter.class);

  private final KubernetesClient client;

  public StatusReporter(KubernetesClient client) {
    this.client = client;
  }

  /** For this very object, not for a later one of its name; one that is gone is left alone. */
  public void report(HasMetadata object, Object status) {
    String patch =
        Serialization.asJson(
            List.of(
                operation("test", "/metadata/uid", object.getMetadata().getUid()),
                operation("add", "/status", status)));
    try {
      client.resource(object).subresource("status").patch(PatchContext.of(PatchType.JSON), patch);
    } catch (KubernetesClientException e) {
      LOG.debug("status of {} not written: {}", object.getMetadata().getName(), e.getMessage());
    }
  }

  private static Map<String, Object> operation(String operation, String path, Object value) {
    return Map.of("op", operation, "path", path, "value", value);
  }
}
