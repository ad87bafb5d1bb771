package io.pidcheck.bot.local.cluster;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.stream.Stream;

/** What a cluster has before anyone uses it, and what installing the bot adds to it. */
final class Furnishing {
  // https://kubernetes.io/docs/tasks/administer-cluster/guaranteed-scheduling-critical-addon-pods/
  private static final int NODE_CRITICAL = 2_000_001_000;
  private static final int CLUSTER_CRITICAL = 2_000_000_000;

  private final KubernetesClient client;
  private final String botNamespace;

  Furnishing(KubernetesClient client, String botNamespace) {
    this.client = client;
    this.botNamespace = botNamespace;
  }

  void create() {
    Stream.of("default", CalicoNode.NAMESPACE, botNamespace)
        .distinct()
        .forEach(
            name -> {
              client.resource(namespace(name)).create();
              client.resource(serviceAccount(name, "default")).create();
            });
    client.resource(serviceAccount(botNamespace, "pidcheck-probe")).create();
    client.resource(serviceAccount(botNamespace, "pidcheck-remedy")).create();
    client.resource(priorityClass("system-node-critical", NODE_CRITICAL)).create();
    client.resource(priorityClass("system-cluster-critical", CLUSTER_CRITICAL)).create();
  }

  private static Namespace namespace(String name) {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("kubernetes.io/metadata.name", name)
        .endMetadata()
        .build();
  }

  private static ServiceAccount serviceAccount(String namespace, String name) {
    return new ServiceAccountBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .build();
  }

  private static PriorityClass priorityClass(String name, int value) {
    return new PriorityClassBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withValue(value)
        .withDescription("Used for system critical pods")
        .build();
  }
}
