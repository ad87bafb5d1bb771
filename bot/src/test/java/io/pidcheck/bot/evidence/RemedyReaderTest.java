package io.pidcheck.bot.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.act.Acts;
import io.pidcheck.bot.act.Ending;
import io.pidcheck.bot.act.Silence;
import io.pidcheck.bot.act.Story;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.cluster.CheckJob;
import io.pidcheck.bot.cluster.Means;
import io.pidcheck.bot.cluster.RemedyJob;
import io.pidcheck.bot.cluster.Standbys;
import io.pidcheck.bot.cluster.kubelet.KubeletAccess;
import io.pidcheck.bot.cluster.kubelet.Kubelets;
import io.pidcheck.bot.evidence.ProbesByMeans.Standing;
import io.pidcheck.bot.rig.Rig;
import io.pidcheck.probe.report.KillResult;
import io.pidcheck.probe.report.RemedyJson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a remedy's pod left behind, in a cluster of which its node is no part: there is no log. */
class RemedyReaderTest {

  private static final String NAMESPACE = "pidcheck";
  private static final String NAME = "pidcheck-kill-0123456789abcdef-1";
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final KillResult KILLED =
      Acts.killed(false, Acts.first(KillResult.Outcome.TERMINATED, List.of(), 1_250));

  private final Clock clock = Clock.systemUTC();
  private final Rig rig = Rig.start();
  private final KubernetesClient client = rig.kubernetes();
  private final Probes pods = new ProbeReader(client, NAMESPACE, DEADLINE, clock);

  @AfterEach
  void stop() {
    client.close();
    rig.close();
  }

  @Test
  void readsTheResultOfAPodThatHasEnded() {
    Pod pod = runningPod();
    end(pod, 0, result());
    assertThat(reader(pods).read(job())).isEqualTo(over(new Ending.Killed(KILLED)));
  }

  @Test
  void readsTheResultThatCameWhileThePodWasLookedAt() {
    Pod pod = runningPod();
    RemedyReader reader = reader(endsAsItIsLookedAt(pod, 0, result()));
    assertThat(reader.read(job())).isEqualTo(over(new Ending.Killed(KILLED)));
  }

  @Test
  void doesNotMakeUpAResultWhereAPodEndedWithoutOneWhileItWasLookedAt() {
    Pod pod = runningPod();
    RemedyReader reader = reader(endsAsItIsLookedAt(pod, 1, "no such thing"));
    assertThat(reader.read(job()))
        .isEqualTo(
            over(new Ending.Unknown(new Silence(Silence.Why.FAILED, "1 Ended: no such thing"))));
  }

  @Test
  void isUnderwayWhileThePodRuns() {
    runningPod();
    assertThat(reader(pods).read(job())).isInstanceOf(RemedyProgress.Underway.class);
  }

  private static RemedyProgress over(Ending ending) {
    return new RemedyProgress.Over(ending);
  }

  /** The cluster as it is, in which the pod ends between the reader's first look and this one. */
  private Probes endsAsItIsLookedAt(Pod pod, int exitCode, String lastWords) {
    return new Probes() {
      @Override
      public ProbeProgress read(CheckJob job) {
        end(pod, exitCode, lastWords);
        return pods.read(job);
      }

      @Override
      public List<EventSeen> said(CheckJob job) {
        return pods.said(job);
      }
    };
  }

  private RemedyReader reader(Probes probes) {
    KubeletAccess off =
        new KubeletAccess(KubeletAccess.Via.OFF, Optional.empty(), Duration.ofSeconds(1), 1);
    Standbys none = new Standbys(client, NAMESPACE, new Standbys.Use(false, Duration.ZERO));
    StandbyReader silent =
        new StandbyReader(client, NAMESPACE, new Kubelets(client, off, clock), clock);
    return new RemedyReader(
        client,
        NAMESPACE,
        probes,
        new RemedyByStandby(new Standing(silent, none), DEADLINE, clock));
  }

  private static String result() {
    return new String(RemedyJson.terminationMessage(KILLED), StandardCharsets.UTF_8);
  }

  private RemedyJob job() {
    return new RemedyJob(
        NAME,
        Acts.KILL,
        new RemedyJob.Request(
            false, false, new AnswerTo("C1", "1.0", "U0ALEX", Locale.US), "1.0", ""),
        Story.BEGINS.releasedBy("U0ALEX", clock.instant()),
        false,
        clock.instant(),
        new CheckJob.State.Active(),
        Means.A_POD,
        "1");
  }

  private Pod runningPod() {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(NAMESPACE)
            .withName(NAME + "-x2x7k")
            .withLabels(Map.of("job-name", NAME))
            .endMetadata()
            .withNewSpec()
            .withNodeName(Acts.SEEN.node())
            .addNewContainer()
            .withName("remedy")
            .withImage(Rig.IMAGE)
            .endContainer()
            .endSpec()
            .build();
    Pod created = client.resource(pod).create();
    PodStatus running =
        new PodStatusBuilder()
            .withPhase("Running")
            .addNewContainerStatus()
            .withName("remedy")
            .withNewState()
            .withNewRunning()
            .endRunning()
            .endState()
            .endContainerStatus()
            .build();
    return withStatus(created, running);
  }

  private void end(Pod pod, int exitCode, String lastWords) {
    PodStatus ended =
        new PodStatusBuilder()
            .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
            .addNewContainerStatus()
            .withName("remedy")
            .withNewState()
            .withNewTerminated()
            .withExitCode(exitCode)
            .withReason("Ended")
            .withMessage(lastWords)
            .endTerminated()
            .endState()
            .endContainerStatus()
            .build();
    withStatus(pod, ended);
  }

  private Pod withStatus(Pod pod, PodStatus status) {
    return client.resource(new PodBuilder(pod).withStatus(status).build()).updateStatus();
  }
}
