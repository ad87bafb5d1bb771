package io.pidcheck.bot.local.cluster;

import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;

/** The part of Calico's own manifest that tells how its node agent is probed. */
final class CalicoManifest {
  static final String IMAGE = "docker.io/calico/node:v3.30.3";

  private static final String BINARY = "/bin/calico-node";

  private CalicoManifest() {}

  static DaemonSet daemonSet() {
    return new DaemonSetBuilder()
        .withNewMetadata()
        .withNamespace(CalicoNode.NAMESPACE)
        .withName(CalicoNode.NAME)
        .addToLabels("k8s-app", CalicoNode.NAME)
        .endMetadata()
        .withNewSpec()
        .withNewSelector()
        .addToMatchLabels("k8s-app", CalicoNode.NAME)
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels("k8s-app", CalicoNode.NAME)
        .endMetadata()
        .withNewSpec()
        .withHostNetwork(true)
        .withPriorityClassName("system-node-critical")
        .addNewToleration()
        .withOperator("Exists")
        .endToleration()
        .addNewContainer()
        .withName(CalicoNode.NAME)
        .withImage(IMAGE)
        .withNewResources()
        .addToRequests("cpu", new Quantity("250m"))
        .endResources()
        .withLivenessProbe(probe("-felix-live", "-bird-live"))
        .withReadinessProbe(probe("-felix-ready", "-bird-ready"))
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  // https://github.com/projectcalico/calico/blob/master/manifests/calico.yaml
  private static Probe probe(String felix, String bird) {
    return new ProbeBuilder()
        .withNewExec()
        .withCommand(BINARY, felix, bird)
        .endExec()
        .withPeriodSeconds(10)
        .withFailureThreshold(6)
        .withTimeoutSeconds(10)
        .build();
  }
}
