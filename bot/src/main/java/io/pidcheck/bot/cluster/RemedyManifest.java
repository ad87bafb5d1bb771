package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.probe.report.ShortKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The Job of a remedy. Its pod has the one power that the act needs, for seconds: to kill, the
 * capability KILL; to write a setting, that file of the node and no other. Measured to be the least
 * that works: uid 0 and hostPID, no privileged, no SYS_ADMIN.
 */
final class RemedyManifest {

  static final String CONTAINER = "remedy";
  private static final String TERMINATION_LOG = "/dev/termination-log";

  /**
   * @param room for it on the node
   * @param lasts how long the Job may be there unfinished; until its release it has no pod
   * @param protectPods uids of pods whose processes are not touched
   */
  record Plan(
      String name,
      boolean released,
      boolean dryRun,
      NodeRoom room,
      Duration lasts,
      List<String> protectPods) {}

  private RemedyManifest() {}

  static Job job(Remedy remedy, Plan plan, RemedyPod made, Map<String, String> annotations) {
    String node = remedy.seen().node();
    Map<String, String> labels =
        Map.of(
            Names.MANAGED_BY,
            Names.PIDCHECK,
            Names.COMPONENT,
            RemedyNames.REMEDY,
            Names.NODE_KEY,
            ShortKey.ofNode(node),
            RemedyNames.ACT_KEY,
            RemedyNames.key(remedy, plan.dryRun()));
    return new JobBuilder()
        .withNewMetadata()
        .withName(plan.name())
        .withLabels(labels)
        .withAnnotations(annotations)
        .endMetadata()
        .withNewSpec()
        // without a pod it is a record that waits: for a second person, or because the bot acts
        .withParallelism(plan.released() ? 1 : 0)
        .withBackoffLimit(0) // what was tried once is not tried again
        .withActiveDeadlineSeconds(plan.lasts().toSeconds())
        .withTtlSecondsAfterFinished((int) made.probe().ttl().toSeconds())
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(labels)
        .endMetadata()
        .withSpec(pod(remedy, plan, made))
        .endTemplate()
        .endSpec()
        .build();
  }

  private static PodSpec pod(Remedy remedy, Plan plan, RemedyPod made) {
    RemedyFiles files = RemedyFiles.of(remedy);
    return new PodSpecBuilder()
        .withNodeName(remedy.seen().node()) // past the scheduler: a sick node is tainted
        .addNewToleration()
        .withOperator("Exists")
        .endToleration()
        // under PIDPressure only critical pods enter
        .withPriorityClassName(plan.room().forPriority() ? made.probe().priorityClass() : null)
        .withHostPID(true) // the node's processes, and the namespace whose pid_max counts
        .withHostNetwork(true) // the CNI is what is broken
        .withDnsPolicy("Default")
        .withRestartPolicy("Never")
        .withServiceAccountName(made.serviceAccount())
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(1L)
        .withNewSecurityContext()
        .withRunAsUser(0L)
        .withRunAsGroup(0L)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withContainers(container(remedy, plan, made))
        .withVolumes(files.volumes())
        .build();
  }

  private static Container container(Remedy remedy, Plan plan, RemedyPod made) {
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(made.probe().image())
        .withImagePullPolicy("IfNotPresent")
        .withArgs(RemedyArguments.of(remedy, made, plan))
        .addNewEnv()
        .withName("PIDCHECK_TERMINATION_LOG")
        .withValue(TERMINATION_LOG)
        .endEnv()
        .withTerminationMessagePath(TERMINATION_LOG)
        .withResources(ProbeResources.of(made.probe(), plan.room()))
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .addAllToAdd(remedy instanceof Remedy.Kill ? List.of("KILL") : List.of())
        .endCapabilities()
        .endSecurityContext()
        .withVolumeMounts(RemedyFiles.of(remedy).mounts())
        .build();
  }
}
