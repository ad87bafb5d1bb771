package io.pidcheck.bot.evidence;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pidcheck.bot.act.ActJson;
import io.pidcheck.bot.act.Ending;
import io.pidcheck.bot.act.Silence;
import io.pidcheck.bot.act.Silence.Why;
import io.pidcheck.bot.cluster.ClusterException;
import io.pidcheck.bot.cluster.Means;
import io.pidcheck.bot.cluster.RemedyJob;
import io.pidcheck.probe.report.KillResult;
import io.pidcheck.probe.report.RemedyResult;
import io.pidcheck.probe.report.SysctlResult;
import java.util.Optional;

/**
 * Reads from the cluster how a remedy's Job fares, and what its program says it did: the log, else
 * the termination message. Rights: those of {@link ProbeReader}.
 */
public final class RemedyReader {

  private static final int LOG_BYTES = 65_536;

  private final KubernetesClient client;
  private final String namespace;
  private final Probes pods;
  private final RemedyByStandby standby;

  /**
   * @param pods tells why a pod does not run, with the remedies' own deadline
   */
  public RemedyReader(
      KubernetesClient client, String namespace, Probes pods, RemedyByStandby standby) {
    this.client = client;
    this.namespace = namespace;
    this.pods = pods;
    this.standby = standby;
  }

  /**
   * Looks once at a released remedy.
   *
   * @throws ClusterException when the API server cannot be asked: look again later
   */
  public RemedyProgress read(RemedyJob job) {
    return switch (job.means()) {
      case Means.Pod pod -> ofPod(job);
      case Means.Standby order -> standby.read(job, order);
    };
  }

  private RemedyProgress ofPod(RemedyJob job) {
    Optional<RemedyResult> result = result(job);
    if (result.isPresent()) {
      return new RemedyProgress.Over(ending(result.get()));
    }
    return switch (pods.read(job.run())) {
      case ProbeProgress.Underway(var stage, var words) ->
          new RemedyProgress.Underway(stage, words);
      // it may have ended between the two looks: then its result is there now
      case ProbeProgress.Ended(var outcome) ->
          new RemedyProgress.Over(
              result(job).map(RemedyReader::ending).orElseGet(() -> ending(outcome)));
    };
  }

  private Optional<RemedyResult> result(RemedyJob job) {
    try {
      Optional<PodSight> pod =
          PodSight.newest(
              client
                  .pods()
                  .inNamespace(namespace)
                  .withLabel("job-name", job.name())
                  .list()
                  .getItems());
      Optional<ContainerStateTerminated> ended =
          pod.flatMap(PodSight::terminated).filter(end -> end.getExitCode() == 0);
      return ended.flatMap(
          end ->
              log(pod.orElseThrow())
                  .flatMap(ActJson::result)
                  .or(() -> ActJson.result(PodSight.text(end.getMessage())))
                  .filter(said -> said.node().equals(job.node())));
    } catch (KubernetesClientException e) {
      throw new ClusterException("looking at " + job.name(), e);
    }
  }

  /** Empty where the kubelet cannot be reached: the termination message is there all the same. */
  private Optional<String> log(PodSight pod) {
    try {
      return Optional.ofNullable(
          client.pods().inNamespace(namespace).withName(pod.name()).limitBytes(LOG_BYTES).getLog());
    } catch (KubernetesClientException e) {
      return Optional.empty();
    }
  }

  static Ending ending(RemedyResult result) {
    return switch (result) {
      case KillResult kill -> new Ending.Killed(kill);
      case SysctlResult sysctl -> new Ending.Written(sysctl);
    };
  }

  /** Whether it may have acted: only where no container ever ran is that ruled out. */
  private static Ending ending(ProbeOutcome outcome) {
    return switch (outcome) {
      case ProbeOutcome.NotStarted(var reason, var words) ->
          new Ending.NotStarted(reason.name(), words);
      case ProbeOutcome.TimedOut(var stage, var words) ->
          stage == ProbeOutcome.Stage.RUNNING
              ? new Ending.Unknown(silence(outcome))
              : new Ending.NotStarted("TIMED_OUT", words);
      case ProbeOutcome.Failed failed -> new Ending.Unknown(silence(outcome));
      case ProbeOutcome.Unreadable unreadable -> new Ending.Unknown(silence(outcome));
      case ProbeOutcome.NodeGone() -> new Ending.Unknown(silence(outcome));
      case ProbeOutcome.JobDeleted() -> new Ending.Unknown(silence(outcome));
      case ProbeOutcome.Reported reported -> new Ending.Unknown(silence(outcome));
    };
  }

  /** Why a program on a node left nothing that can be used. */
  public static Silence silence(ProbeOutcome outcome) {
    return switch (outcome) {
      case ProbeOutcome.NotStarted(var reason, var words) -> new Silence(Why.NOT_STARTED, words);
      case ProbeOutcome.TimedOut(var stage, var words) -> new Silence(Why.TIMED_OUT, words);
      case ProbeOutcome.Failed(var exitCode, var words) ->
          new Silence(Why.FAILED, exitCode + " " + words);
      case ProbeOutcome.Unreadable(var why, var excerpt) -> new Silence(Why.UNREADABLE, excerpt);
      case ProbeOutcome.NodeGone() -> new Silence(Why.NODE_GONE, "");
      case ProbeOutcome.JobDeleted() -> new Silence(Why.JOB_GONE, "");
      // a check's report is no remedy's result
      case ProbeOutcome.Reported reported -> new Silence(Why.UNREADABLE, "");
    };
  }
}
