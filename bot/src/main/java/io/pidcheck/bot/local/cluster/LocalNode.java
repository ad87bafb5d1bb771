package io.pidcheck.bot.local.cluster;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** The Node object of this machine. What it says of kernel, CPUs and memory is true. */
final class LocalNode {
  static final String VERSION = "v1.34.0+pidcheck-local";

  private static final String MAX_PODS = "110";

  private final String name;
  private final int kubeletPort;
  private final Clock clock;

  /**
   * @param kubeletPort where its kubelet listens
   */
  LocalNode(String name, int kubeletPort, Clock clock) {
    this.name = name;
    this.kubeletPort = kubeletPort;
    this.clock = clock;
  }

  Node object() {
    Map<String, Quantity> resources =
        Map.of(
            "cpu", new Quantity(Integer.toString(Runtime.getRuntime().availableProcessors())),
            "memory", new Quantity(memoryBytes() / 1024 + "Ki"),
            "pods", new Quantity(MAX_PODS));
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("kubernetes.io/hostname", name)
        .addToLabels("kubernetes.io/os", "linux")
        .addToLabels("kubernetes.io/arch", architecture())
        .addToAnnotations("pidcheck.io/local", "this machine, as a node of a cluster in memory")
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .withNewStatus()
        .withCapacity(resources)
        .withAllocatable(resources)
        .addNewAddress("127.0.0.1", "InternalIP")
        .addNewAddress(name, "Hostname")
        .withNewDaemonEndpoints()
        .withNewKubeletEndpoint(kubeletPort)
        .endDaemonEndpoints()
        .withConditions(
            condition("MemoryPressure", "False", "KubeletHasSufficientMemory"),
            condition("DiskPressure", "False", "KubeletHasNoDiskPressure"),
            condition("PIDPressure", "False", "KubeletHasSufficientPID"),
            condition("Ready", "True", "KubeletReady"))
        .withNewNodeInfo()
        .withKernelVersion(read("/proc/sys/kernel/osrelease"))
        .withBootID(read("/proc/sys/kernel/random/boot_id"))
        .withMachineID("")
        .withSystemUUID("")
        .withOsImage("pidcheck local mode on " + System.getProperty("os.name"))
        .withOperatingSystem("linux")
        .withArchitecture(architecture())
        .withContainerRuntimeVersion("pidcheck-local://processes")
        .withKubeletVersion(VERSION)
        .withKubeProxyVersion("")
        .endNodeInfo()
        .endStatus()
        .build();
  }

  private NodeCondition condition(String type, String status, String reason) {
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    return new NodeConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage("the local cluster does not measure this")
        .withLastHeartbeatTime(now)
        .withLastTransitionTime(now)
        .build();
  }

  private static String architecture() {
    return switch (System.getProperty("os.arch")) {
      case "aarch64" -> "arm64";
      case "x86_64", "amd64" -> "amd64";
      case String other -> other;
    };
  }

  private static long memoryBytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
