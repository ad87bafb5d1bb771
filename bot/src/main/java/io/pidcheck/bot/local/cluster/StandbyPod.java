package io.pidcheck.bot.local.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The node's pod of the DaemonSet in deploy/standby, as this machine runs it: there is no
 * ServiceAccount whose token could be mounted, so it is told where the cluster's is.
 *
 * @param image of the probe
 * @param acts as with deploy/standby-act; of the node's files it has none here, so it can only kill
 */
record StandbyPod(String image, boolean acts) {

  /** Where it runs, and what it watches. */
  record Place(String node, String namespace, String server, Path token) {}

  Pod on(Place place) {
    List<String> arguments =
        new ArrayList<>(List.of("standby", "--server=" + place.server(), "--token=/host/token"));
    if (acts) {
      arguments.add("--acts");
    }
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(place.namespace())
        .withGenerateName("pidcheck-standby-")
        .withLabels(
            Map.of(
                "app.kubernetes.io/name", "pidcheck",
                "app.kubernetes.io/component", "standby",
                "pidcheck.io/standby", "1",
                "pidcheck.io/standby-acts", Boolean.toString(acts)))
        .endMetadata()
        .withNewSpec()
        .withNodeName(place.node())
        .withRestartPolicy("Always")
        .withTerminationGracePeriodSeconds(1L)
        .addNewContainer()
        .withName("standby")
        .withImage(image)
        .withArgs(arguments)
        .addNewEnv()
        .withName("NODE_NAME")
        .withValue(place.node())
        .endEnv()
        .addNewEnv()
        .withName("POD_NAMESPACE")
        .withValue(place.namespace())
        .endEnv()
        .addNewVolumeMount()
        .withName("token")
        .withMountPath("/host/token")
        .endVolumeMount()
        .endContainer()
        .addNewVolume()
        .withName("token")
        .withNewHostPath()
        .withPath(place.token().toString())
        .withType("File")
        .endHostPath()
        .endVolume()
        .endSpec()
        .build();
  }
}
