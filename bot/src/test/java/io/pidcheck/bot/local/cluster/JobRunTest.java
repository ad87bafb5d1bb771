package io.pidcheck.bot.local.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A Job's way through the cluster, seen as any client sees it. */
class JobRunTest {
  private static RunningCluster running;

  @BeforeAll
  static void start() {
    running = new RunningCluster();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void runsTheProcessAndKeepsItsLog() {
    running.create(running.job("log", "echo out; echo err >&2"));

    Job job = running.awaitCondition("log", "Complete");
    Pod pod = running.awaitPod("log", done -> "Succeeded".equals(done.getStatus().getPhase()));

    assertThat(job.getStatus().getSucceeded()).isEqualTo(1);
    assertThat(job.getStatus().getStartTime()).isNotNull();
    assertThat(job.getStatus().getCompletionTime()).isNotNull();
    assertThat(running.client.pods().resource(pod).getLog()).isEqualTo("out\nerr\n");
    assertThat(RunningCluster.terminated(pod).getExitCode()).isZero();
    assertThat(RunningCluster.terminated(pod).getReason()).isEqualTo("Completed");
    assertThat(pod.getMetadata().getName()).startsWith("log-");
    running.awaitEvent(pod.getMetadata().getName(), "Started");
    assertThat(eventsAbout(pod)).containsExactly("Pulled", "Created", "Started");
  }

  @Test
  void cutsTheLogAsAsked() {
    running.create(running.job("cut", "printf '1\\n2\\n3\\n4\\n'"));
    running.awaitCondition("cut", "Complete");
    var pod = running.client.pods().resource(running.awaitPod("cut", found -> true));

    assertThat(pod.tailingLines(2).getLog()).isEqualTo("3\n4\n");
    assertThat(pod.limitBytes(3).getLog()).isEqualTo("1\n2");
    assertThat(pod.inContainer("main").getLog()).isEqualTo("1\n2\n3\n4\n");
  }

  @Test
  void followsTheLogUntilTheEnd() throws Exception {
    Path gate = Files.createTempDirectory("gate").resolve("fifo");
    running.create(
        running.job("follow", "mkfifo %s; echo first; cat %s; echo last".formatted(gate, gate)));
    Pod pod = running.awaitRunning("follow");

    try (var log = running.client.pods().resource(pod).watchLog()) {
      var lines = new BufferedReader(new InputStreamReader(log.getOutput(), UTF_8));
      assertThat(lines.readLine()).isEqualTo("first");
      Files.writeString(gate, "opened\n");
      assertThat(lines.lines()).containsExactly("opened", "last");
    }
  }

  @Test
  void handsOnTheTerminationMessage() {
    running.create(
        running
            .job("message", "head -c 5000 /dev/zero | tr '\\0' x >/dev/termination-log")
            .editSpec()
            .withBackoffLimit(0)
            .endSpec());
    running.awaitCondition("message", "Complete");

    Pod pod = running.awaitPod("message", found -> true);

    assertThat(RunningCluster.terminated(pod).getMessage()).isEqualTo("x".repeat(4096));
  }

  @Test
  void givesTheProcessItsEnvironmentAndNothingElse() {
    running.create(
        running
            .job("env", "env | cut -d= -f1 | sort | tr '\\n' ' '; echo; echo $NODE $POD $NOTE")
            .editSpec()
            .editTemplate()
            .editSpec()
            .editFirstContainer()
            .addNewEnv()
            .withName("NODE")
            .withNewValueFrom()
            .withNewFieldRef()
            .withFieldPath("spec.nodeName")
            .endFieldRef()
            .endValueFrom()
            .endEnv()
            .addNewEnv()
            .withName("POD")
            .withNewValueFrom()
            .withNewFieldRef()
            .withFieldPath("metadata.name")
            .endFieldRef()
            .endValueFrom()
            .endEnv()
            .addNewEnv()
            .withName("NOTE")
            .withValue("on-$(NODE)")
            .endEnv()
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec());
    running.awaitCondition("env", "Complete");

    Pod pod = running.awaitPod("env", found -> true);

    String node = running.cluster.nodeName();
    assertThat(running.client.pods().resource(pod).getLog().lines())
        .containsExactly(
            "HOSTNAME LANG NODE NOTE PATH PIDCHECK_LOCAL_CONTAINER POD PWD ",
            node + " " + pod.getMetadata().getName() + " on-" + node);
  }

  @Test
  void showsTheHostPathWhereItIsMounted() throws Exception {
    Path host = Files.createTempDirectory("host");
    Files.writeString(host.resolve("greeting"), "from the host");
    running.create(
        running
            .job("mount", "cat /host/files/greeting; ls -d /host/filesystem")
            .editSpec()
            .editTemplate()
            .editSpec()
            .addNewVolume()
            .withName("files")
            .withNewHostPath(host.toString(), "Directory")
            .endVolume()
            .editFirstContainer()
            .addNewVolumeMount()
            .withName("files")
            .withMountPath("/host/files")
            .endVolumeMount()
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec());
    running.awaitCondition("mount", "Failed");

    Pod pod = running.awaitPod("mount", found -> true);

    assertThat(running.client.pods().resource(pod).getLog())
        .startsWith("from the host")
        .contains("/host/filesystem");
  }

  @Test
  void failsWithTheProcess() {
    running.create(running.job("fail", "echo why; exit 3"));

    Job job = running.awaitCondition("fail", "Failed");
    Pod pod = running.awaitPod("fail", found -> true);

    assertThat(RunningCluster.reason(job, "Failed")).isEqualTo("BackoffLimitExceeded");
    assertThat(job.getStatus().getFailed()).isEqualTo(1);
    assertThat(pod.getStatus().getPhase()).isEqualTo("Failed");
    assertThat(RunningCluster.terminated(pod).getExitCode()).isEqualTo(3);
    assertThat(RunningCluster.terminated(pod).getReason()).isEqualTo("Error");
    assertThat(RunningCluster.terminated(pod).getMessage()).isNull();
  }

  @Test
  void fallsBackToTheLogForTheTerminationMessage() {
    running.create(
        running
            .job("fallback", "echo the reason; exit 1")
            .editSpec()
            .editTemplate()
            .editSpec()
            .editFirstContainer()
            .withTerminationMessagePolicy("FallbackToLogsOnError")
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec());
    running.awaitCondition("fallback", "Failed");

    Pod pod = running.awaitPod("fallback", found -> true);

    assertThat(RunningCluster.terminated(pod).getMessage()).isEqualTo("the reason\n");
  }

  @Test
  void reportsAProcessThatCannotStart() {
    running.create(withImage("nostart", "test/missing:1"));
    running.awaitCondition("nostart", "Failed");

    Pod pod = running.awaitPod("nostart", found -> true);

    assertThat(RunningCluster.terminated(pod).getReason()).isEqualTo("StartError");
    assertThat(RunningCluster.terminated(pod).getExitCode()).isEqualTo(128);
    assertThat(RunningCluster.terminated(pod).getMessage()).contains("/no/such/file");
  }

  @Test
  void waitsForAnImageThatIsNotThere() {
    running.create(withImage("noimage", "test/unknown:1"));

    Pod pod = running.awaitPod("noimage", waiting -> "ErrImagePull".equals(waitingReason(waiting)));

    assertThat(pod.getStatus().getPhase()).isEqualTo("Pending");
    assertThat(running.awaitEvent(pod.getMetadata().getName(), "Failed").getMessage())
        .isIn(
            "Failed to pull image \"test/unknown:1\": failed to pull and unpack image"
                + " \"test/unknown:1\": not found: the local cluster has no registry",
            "Error: ErrImagePull");
  }

  @Test
  void neverPullsWhereThePolicyIsNever() {
    running.create(
        withImage("neverpull", "test/unknown:1")
            .editSpec()
            .editTemplate()
            .editSpec()
            .editFirstContainer()
            .withImagePullPolicy("Never")
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec());

    running.awaitPod("neverpull", waiting -> "ErrImageNeverPull".equals(waitingReason(waiting)));
  }

  @Test
  void endsAJobAtItsDeadline() {
    running.create(
        running
            .job("deadline", "echo $$; exec sleep 600")
            .editSpec()
            .withActiveDeadlineSeconds(3L) // the start counts in whole seconds: two at least
            .endSpec());
    Pod pod = running.awaitRunning("deadline");
    long pid = Long.parseLong(running.firstLine(pod));

    Job job = running.awaitCondition("deadline", "Failed");

    assertThat(RunningCluster.reason(job, "Failed")).isEqualTo("DeadlineExceeded");
    assertThat(RunningCluster.isRunning(pid)).isFalse();
    running.awaitNoPod(pod);
    assertThat(running.awaitEvent("deadline", "DeadlineExceeded").getMessage())
        .isEqualTo("Job was active longer than specified deadline");
  }

  @Test
  void removesAFinishedJobAfterItsTime() {
    running.create(running.job("ttl", "true").editSpec().withTtlSecondsAfterFinished(0).endSpec());

    running.awaitNoJob("ttl");

    assertThat(podsOf("ttl")).isEmpty();
  }

  @Test
  void killsTheProcessesOfADeletedJob() {
    running.create(running.job("delete", "setsid sleep 601 & echo $$ $!; sleep 602"));
    Pod pod = running.awaitRunning("delete");
    String[] pids = running.firstLine(pod).split(" ");

    running
        .client
        .batch()
        .v1()
        .jobs()
        .inNamespace("pidcheck")
        .withName("delete")
        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
        .delete();

    running.awaitNoPod(pod);
    assertThat(pids).hasSize(2).noneMatch(pid -> RunningCluster.isRunning(Long.parseLong(pid)));
  }

  @Test
  void killsAProcessThatDoesNotEndInTime() {
    running.create(
        running
            .job("stubborn", "trap '' TERM; echo $$; while :; do sleep 600; done")
            .editSpec()
            .editTemplate()
            .editSpec()
            .withTerminationGracePeriodSeconds(0L)
            .endSpec()
            .endTemplate()
            .endSpec());
    Pod pod = running.awaitRunning("stubborn");
    long pid = Long.parseLong(running.firstLine(pod));

    running.client.resource(pod).withGracePeriod(1).delete();

    running.awaitNoPod(pod);
    assertThat(RunningCluster.isRunning(pid)).isFalse();
    Job job = running.awaitCondition("stubborn", "Failed");
    assertThat(RunningCluster.reason(job, "Failed")).isEqualTo("BackoffLimitExceeded");
  }

  @Test
  void leavesThePodsOfAnOrphaningDeletion() {
    running.create(running.job("orphan", "true"));
    running.awaitCondition("orphan", "Complete");
    Pod pod = running.awaitPod("orphan", found -> true);

    running
        .client
        .batch()
        .v1()
        .jobs()
        .inNamespace("pidcheck")
        .withName("orphan")
        .withPropagationPolicy(DeletionPropagation.ORPHAN)
        .delete();

    running.awaitNoJob("orphan");
    assertThat(running.client.resource(pod).get().getMetadata().getOwnerReferences()).isEmpty();
  }

  @Test
  void startsASuspendedJobOnceItIsResumed() {
    running.create(running.job("suspended", "true").editSpec().withSuspend(true).endSpec());
    running.awaitCondition("suspended", "Suspended");
    assertThat(podsOf("suspended")).isEmpty();

    running
        .client
        .batch()
        .v1()
        .jobs()
        .inNamespace("pidcheck")
        .withName("suspended")
        .edit(job -> new JobBuilder(job).editSpec().withSuspend(false).endSpec().build());

    running.awaitCondition("suspended", "Complete");
  }

  @Test
  void startsNothingWithoutParallelism() {
    running.create(running.job("zero", "true").editSpec().withParallelism(0).endSpec());

    running.awaitJob("zero", job -> job.getStatus().getStartTime() != null);

    assertThat(podsOf("zero")).isEmpty();
  }

  @Test
  void stopsAPodAtItsOwnDeadline() {
    running.create(
        running
            .job("poddeadline", "exec sleep 600")
            .editSpec()
            .editTemplate()
            .editSpec()
            .withActiveDeadlineSeconds(1L)
            .endSpec()
            .endTemplate()
            .endSpec());

    Pod pod =
        running.awaitPod("poddeadline", ended -> "Failed".equals(ended.getStatus().getPhase()));

    assertThat(pod.getStatus().getReason()).isEqualTo("DeadlineExceeded");
    assertThat(RunningCluster.terminated(pod).getExitCode()).isEqualTo(143);
  }

  private static List<Pod> podsOf(String job) {
    return running
        .client
        .pods()
        .inNamespace("pidcheck")
        .withLabel("job-name", job)
        .list()
        .getItems();
  }

  private static JobBuilder withImage(String name, String image) {
    return running
        .job(name, "true")
        .editSpec()
        .editTemplate()
        .editSpec()
        .editFirstContainer()
        .withImage(image)
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec();
  }

  private static String waitingReason(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .map(container -> container.getState().getWaiting())
        .filter(java.util.Objects::nonNull)
        .map(waiting -> waiting.getReason())
        .findFirst()
        .orElse("");
  }

  private static List<String> eventsAbout(Pod pod) {
    return running
        .client
        .v1()
        .events()
        .inNamespace("pidcheck")
        .withField("involvedObject.uid", pod.getMetadata().getUid())
        .list()
        .getItems()
        .stream()
        .sorted(java.util.Comparator.comparing(event -> event.getMetadata().getName()))
        .map(Event::getReason)
        .toList();
  }
}
