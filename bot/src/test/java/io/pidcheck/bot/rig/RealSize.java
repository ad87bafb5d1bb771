package io.pidcheck.bot.rig;

import io.fabric8.kubernetes.api.model.ContainerImage;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Gives objects what makes them as big as those of a real cluster: a Node some 15 KB, of which its
 * list of images is the most, a calico-node pod some 10 KB.
 */
final class RealSize {

  private static final int IMAGES = 50; // kubelet: nodeStatusMaxImages
  private static final int VARIABLES = 40;
  private static final int VOLUMES = 12;
  private static final int MANAGED_FIELDS = 60;

  private RealSize() {}

  static Node of(Node small) {
    return new NodeBuilder(small)
        .editMetadata()
        .withManagedFields(managed("kubelet"), managed("kube-controller-manager"))
        .endMetadata()
        .withNewStatus()
        .withImages(IntStream.range(0, IMAGES).mapToObj(RealSize::image).toList())
        .addNewAddress("127.0.0.1", "InternalIP")
        .addNewAddress(small.getMetadata().getName(), "Hostname")
        .endStatus()
        .build();
  }

  static Pod of(Pod small) {
    List<EnvVar> variables = IntStream.range(0, VARIABLES).mapToObj(RealSize::variable).toList();
    List<Volume> volumes = IntStream.range(0, VOLUMES).mapToObj(RealSize::volume).toList();
    List<VolumeMount> mounts = IntStream.range(0, VOLUMES).mapToObj(RealSize::mount).toList();
    return new PodBuilder(small)
        .editMetadata()
        .withManagedFields(managed("kube-controller-manager"), managed("kubelet"))
        .endMetadata()
        .editSpec()
        .withVolumes(volumes)
        .editFirstContainer()
        .withEnv(variables)
        .withVolumeMounts(mounts)
        .endContainer()
        .endSpec()
        .build();
  }

  private static ContainerImage image(int n) {
    String name = "registry.example.com/platform/team-%02d/service-%02d".formatted(n % 7, n);
    String digest = "%064x".formatted(n * 7_919L);
    return new ContainerImage(
        List.of(name + "@sha256:" + digest, name + ":1.%d.0".formatted(n)), 100_000_000L + n);
  }

  private static EnvVar variable(int n) {
    return new EnvVarBuilder().withName("FELIX_SETTING_" + n).withValue("value-" + n).build();
  }

  private static Volume volume(int n) {
    return new VolumeBuilder()
        .withName("volume-" + n)
        .withNewHostPath("/var/lib/calico/some-directory-" + n, "DirectoryOrCreate")
        .build();
  }

  private static VolumeMount mount(int n) {
    return new VolumeMountBuilder()
        .withName("volume-" + n)
        .withMountPath("/var/lib/calico/some-directory-" + n)
        .build();
  }

  private static ManagedFieldsEntry managed(String by) {
    Map<String, Object> fields = new TreeMap<>();
    IntStream.range(0, MANAGED_FIELDS)
        .forEach(n -> fields.put("f:some-field-" + n, Map.of(".", Map.of())));
    FieldsV1 written = new FieldsV1();
    written.setAdditionalProperty("f:spec", fields);
    return new ManagedFieldsEntryBuilder()
        .withManager(by)
        .withOperation("Update")
        .withApiVersion("v1")
        .withFieldsType("FieldsV1")
        .withFieldsV1(written)
        .build();
  }
}
