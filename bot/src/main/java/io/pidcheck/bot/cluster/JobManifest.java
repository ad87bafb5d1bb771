package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.pidcheck.probe.report.ShortKey;
import java.util.Map;

/**
 * The check's Job. Its pod may look at the node and do nothing else: non-root, no capability, read
 * only, no token.
 */
final class JobManifest {

  static final String CONTAINER = "node-probe";
  private static final String TERMINATION_LOG = "/dev/termination-log";
  private static final String HOST_CGROUP = "/sys/fs/cgroup";
  private static final String CGROUP_MOUNT = "/host/cgroup";
  private static final long UID = 65532;

  /** Where the pod goes, and what room there is. */
  record Target(String node, NodeRoom room) {}

  private JobManifest() {}

  /**
   * The Job of a check.
   *
   * @param answers the annotation that says who waits
   */
  static Job check(String name, Target target, ProbePod probe, String answers) {
    String node = target.node();
    Map<String, String> labels =
        Map.of(
            Names.MANAGED_BY, Names.PIDCHECK,
            Names.COMPONENT, Names.CHECK,
            Names.NODE_KEY, ShortKey.ofNode(node));
    return new JobBuilder()
        .withNewMetadata()
        .withName(name)
        .withLabels(labels)
        .withAnnotations(Map.of(Names.NODE, node, Names.ANSWERS, answers))
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(0)
        .withActiveDeadlineSeconds(probe.deadline().toSeconds())
        .withTtlSecondsAfterFinished((int) probe.ttl().toSeconds())
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(labels)
        .endMetadata()
        .withSpec(pod(target, probe))
        .endTemplate()
        .endSpec()
        .build();
  }

  private static PodSpec pod(Target target, ProbePod probe) {
    return new PodSpecBuilder()
        .withNodeName(target.node()) // past the scheduler: a sick node is cordoned or tainted
        .addNewToleration()
        .withOperator("Exists")
        .endToleration()
        // under PIDPressure only critical pods enter
        .withPriorityClassName(target.room().forPriority() ? probe.priorityClass() : null)
        .withHostPID(true)
        .withHostNetwork(true) // the CNI is what is broken
        .withDnsPolicy("Default")
        .withRestartPolicy("Never")
        .withServiceAccountName(probe.serviceAccount())
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(1L)
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(UID)
        .withRunAsGroup(UID)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withContainers(container(target.room(), probe))
        .addNewVolume()
        .withName("cgroup")
        .withNewHostPath()
        .withPath(HOST_CGROUP)
        .withType("Directory")
        .endHostPath()
        .endVolume()
        .build();
  }

  private static Container container(NodeRoom room, ProbePod probe) {
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(probe.image())
        .withImagePullPolicy("IfNotPresent")
        .withArgs("inspect", "--cgroup=" + CGROUP_MOUNT)
        .addNewEnv()
        .withName("NODE_NAME")
        .withNewValueFrom()
        .withNewFieldRef()
        .withFieldPath("spec.nodeName")
        .endFieldRef()
        .endValueFrom()
        .endEnv()
        .addNewEnv()
        .withName("PIDCHECK_TERMINATION_LOG")
        .withValue(TERMINATION_LOG)
        .endEnv()
        .withTerminationMessagePath(TERMINATION_LOG)
        // a JVM that gets no thread dies before it could write there
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withResources(ProbeResources.of(probe, room))
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .addNewVolumeMount()
        .withName("cgroup")
        .withMountPath(CGROUP_MOUNT)
        .withReadOnly(true)
        .endVolumeMount()
        .build();
  }
}
