package io.pidcheck.bot.local.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A cluster and a client that knows it by its kubeconfig only. */
final class RunningCluster implements AutoCloseable {
  static final String SHELL = "test/shell:1";
  static final String NAMESPACE = "pidcheck";

  private static final long PATIENCE_SECONDS = 20;

  final LocalCluster cluster;
  final KubernetesClient client;

  RunningCluster() {
    this(
        LocalCluster.Options.ofThisMachine(
            Map.of(SHELL, List.of("/bin/sh", "-c"), "test/missing:1", List.of("/no/such/file"))));
  }

  RunningCluster(LocalCluster.Options options) {
    cluster = LocalCluster.start(options);
    Config config = Config.fromKubeconfig(cluster.kubeconfig().toFile());
    config.setRequestRetryBackoffLimit(
        2); // a 500, which some tests want, is retried at length else
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  @Override
  public void close() {
    client.close();
    cluster.close();
  }

  /** A Job of one pod on this node that runs the script. */
  JobBuilder job(String name, String script) {
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace(NAMESPACE)
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(0)
        .withNewTemplate()
        .withNewSpec()
        .withNodeName(cluster.nodeName())
        .withRestartPolicy("Never")
        .withTerminationGracePeriodSeconds(5L)
        .addNewContainer()
        .withName("main")
        .withImage(SHELL)
        .withArgs(script)
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec();
  }

  Job create(JobBuilder job) {
    return client.resource(job.build()).create();
  }

  Job awaitJob(String name, Predicate<Job> condition) {
    return client
        .batch()
        .v1()
        .jobs()
        .inNamespace(NAMESPACE)
        .withName(name)
        .waitUntilCondition(
            job -> job != null && job.getStatus() != null && condition.test(job),
            PATIENCE_SECONDS,
            TimeUnit.SECONDS);
  }

  Job awaitCondition(String name, String type) {
    return awaitJob(name, job -> holds(job, type));
  }

  void awaitNoJob(String name) {
    client
        .batch()
        .v1()
        .jobs()
        .inNamespace(NAMESPACE)
        .withName(name)
        .waitUntilCondition(job -> job == null, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** The pod of that Job, once it is as wanted. */
  Pod awaitPod(String job, Predicate<Pod> condition) {
    return client
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("job-name", job)
        .waitUntilCondition(
            pod -> pod != null && condition.test(pod), PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  Pod awaitRunning(String job) {
    return awaitPod(job, pod -> "Running".equals(pod.getStatus().getPhase()));
  }

  /** The first line the pod's process writes; waits for it. */
  String firstLine(Pod pod) {
    try (LogWatch log = client.pods().resource(pod).watchLog();
        BufferedReader lines = new BufferedReader(new InputStreamReader(log.getOutput(), UTF_8))) {
      return String.valueOf(lines.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Neither gone, nor only waiting to be reaped (such a process has no command line). */
  static boolean isRunning(long pid) {
    try {
      return !Files.readString(Path.of("/proc/" + pid + "/cmdline")).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  void awaitNoPod(Pod pod) {
    client
        .resource(pod)
        .waitUntilCondition(gone -> gone == null, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** The first event of that reason about an object of that name. */
  Event awaitEvent(String about, String reason) {
    var found =
        client
            .v1()
            .events()
            .inAnyNamespace()
            .withField("involvedObject.name", about)
            .informOnCondition(events -> events.stream().anyMatch(is(reason)));
    try {
      return found.get(PATIENCE_SECONDS, TimeUnit.SECONDS).stream()
          .filter(is(reason))
          .findFirst()
          .orElseThrow();
    } catch (Exception e) {
      throw new AssertionError("no event " + reason + " about " + about, e);
    } finally {
      found.cancel(true);
    }
  }

  private static Predicate<Event> is(String reason) {
    return event -> event.getReason().equals(reason);
  }

  static ContainerStateTerminated terminated(Pod pod) {
    return pod.getStatus().getContainerStatuses().getFirst().getState().getTerminated();
  }

  static boolean holds(Job job, String type) {
    return condition(job, type).size() == 1;
  }

  static String reason(Job job, String type) {
    return condition(job, type).getFirst();
  }

  private static List<String> condition(Job job, String type) {
    return job.getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .filter(condition -> condition.getStatus().equals("True"))
        .map(condition -> condition.getReason())
        .toList();
  }
}
