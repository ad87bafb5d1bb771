package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pidcheck.bot.cluster.Means.Instead;
import io.pidcheck.bot.cluster.Means.Why;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The standby probes: programs that were started on their nodes while these were well, and need no
 * process to be started there. An order to one is the very Job that would otherwise start a pod,
 * with parallelism 0; so it is found by its name, and where there is no answer it gets its pod.
 * Rights: pods list, jobs get, update in the bot's namespace.
 */
public final class Standbys {

  static final String COMPONENT = "standby";
  static final String PROTOCOL_LABEL = "pidcheck.io/standby";
  static final String PROTOCOL = "1";
  static final String ACTS_LABEL = "pidcheck.io/standby-acts";

  /**
   * How they are used.
   *
   * @param on false: never
   * @param patience for the first word of an answer; then it is done another way
   */
  public record Use(boolean on, Duration patience) {}

  /** What there is on a node. */
  sealed interface Standing {

    record Absent() implements Standing {}

    record Unfit(Instead why) implements Standing {}

    /**
     * @param nodeLog it leaves what it says in the node's log directory too
     */
    record Fit(String pod, boolean acts, boolean nodeLog) implements Standing {}
  }

  private final KubernetesClient client;
  private final String namespace;
  private final Use use;

  public Standbys(KubernetesClient client, String namespace, Use use) {
    this.client = client;
    this.namespace = namespace;
    this.use = use;
  }

  /** How many nodes have one that runs; empty where there are none, or they cannot be listed. */
  public Optional<Integer> running() {
    if (!use.on()) {
      return Optional.empty();
    }
    try {
      List<Pod> pods = client.pods().inNamespace(namespace).withLabels(labels()).list().getItems();
      return pods.isEmpty()
          ? Optional.empty()
          : Optional.of((int) pods.stream().filter(Standbys::runs).count());
    } catch (KubernetesClientException e) {
      return Optional.empty();
    }
  }

  Standing on(String node) {
    if (!use.on()) {
      return new Standing.Absent();
    }
    return client
        .pods()
        .inNamespace(namespace)
        .withLabels(labels())
        .withField("spec.nodeName", node)
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .map(Standbys::standing)
        .reduce((first, second) -> first instanceof Standing.Fit ? first : second)
        .orElseGet(this::none);
  }

  /** Each node should have one or none: what is missing on one node alone is worth a word. */
  private Standing none() {
    boolean elsewhere =
        !client
            .pods()
            .inNamespace(namespace)
            .withLabels(labels())
            .list(new ListOptionsBuilder().withLimit(1L).build())
            .getItems()
            .isEmpty();
    return elsewhere ? new Standing.Unfit(new Instead(Why.NONE_HERE, "")) : new Standing.Absent();
  }

  /**
   * Why the node's standby probe is of no use; empty where it is of use, or nobody wants one there.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public Optional<Instead> unfit(String node) {
    try {
      return on(node) instanceof Standing.Unfit(Instead why) ? Optional.of(why) : Optional.empty();
    } catch (KubernetesClientException e) {
      throw new ClusterException("looking for the standby probe of " + node, e);
    }
  }

  private static Map<String, String> labels() {
    return Map.of("app.kubernetes.io/name", Names.PIDCHECK, Names.COMPONENT, COMPONENT);
  }

  // Not by the condition Ready: of all pods of a node that is lost sight of it becomes False, and a
  // node whose container runtime has died of having no PIDs is one
  private static Standing standing(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    if (!PROTOCOL.equals(labels.get(PROTOCOL_LABEL))) {
      return new Standing.Unfit(new Instead(Why.OTHER_VERSION, ""));
    }
    return runs(pod)
        ? new Standing.Fit(
            pod.getMetadata().getName(),
            "true".equals(labels.get(ACTS_LABEL)),
            "true".equals(labels.get(Names.STANDBY_LOG)))
        : new Standing.Unfit(new Instead(Why.NOT_RUNNING, words(pod)));
  }

  private static boolean runs(Pod pod) {
    return container(pod).map(status -> status.getState().getRunning()).isPresent();
  }

  private static String words(Pod pod) {
    return container(pod)
        .map(ContainerStatus::getState)
        .map(
            state ->
                state.getWaiting() != null
                    ? words(state.getWaiting().getReason(), state.getWaiting().getMessage())
                    : state.getTerminated() != null
                        ? words(state.getTerminated().getReason(), "")
                        : "")
        .orElse("");
  }

  private static String words(@Nullable String reason, @Nullable String message) {
    String said = message == null || message.isEmpty() ? "" : ": " + message;
    return (reason == null ? "" : reason) + said;
  }

  private static Optional<ContainerStatus> container(Pod pod) {
    return pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
        ? Optional.empty()
        : pod.getStatus().getContainerStatuses().stream()
            .filter(status -> status.getState() != null)
            .findFirst();
  }

  /**
   * The Job as an order to the standby probe of its node, where there is one that can; else as it
   * is, with a word why not.
   *
   * @param job with a pod's template, not without a node
   * @param age of the Job: zero where it is yet to be created
   */
  Job assigned(Job job, String node, Duration age) {
    return switch (on(node)) {
      case Standing.Absent() -> job;
      case Standing.Unfit(Instead why) -> instead(job, why);
      case Standing.Fit fit ->
          fit.acts() || StandbyArguments.looks(job)
              ? order(job, fit, age.plus(use.patience()))
              : instead(job, new Instead(Why.MAY_NOT_ACT, ""));
    };
  }

  private static Job order(Job job, Standing.Fit standby, Duration until) {
    // what is begun in the last second would be heard of too late
    Duration validFor = until.minusSeconds(1);
    return new JobBuilder(job)
        .editMetadata()
        .addToLabels(Names.MEANS, COMPONENT)
        .addToAnnotations(Names.STANDBY_POD, standby.pod())
        .addToAnnotations(Names.STANDBY_LOG, Boolean.toString(standby.nodeLog()))
        .addToAnnotations(Names.STANDBY_VALID, Long.toString(Math.max(1, validFor.toSeconds())))
        .addToAnnotations(Names.STANDBY_ARGUMENTS, String.join("\n", StandbyArguments.of(job)))
        .endMetadata()
        .editSpec()
        .withParallelism(0)
        .endSpec()
        .build();
  }

  /** A Job with a pod, and why. */
  static Job instead(Job job, Instead why) {
    return new JobBuilder(job)
        .editMetadata()
        .removeFromLabels(Names.MEANS)
        .addToAnnotations(Names.STANDBY_INSTEAD, why.why().name() + " " + why.words())
        .endMetadata()
        .build();
  }

  /**
   * Gives up on the standby probe: the Job gets its pod. Where that has happened already, or the
   * Job is gone, nothing is done.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public void sendPod(String name, Instead why) {
    try {
      Job job = client.batch().v1().jobs().inNamespace(namespace).withName(name).get();
      if (job == null || !(means(job) instanceof Means.Standby)) {
        return;
      }
      Job withPod =
          new JobBuilder(instead(job, why)).editSpec().withParallelism(1).endSpec().build();
      client.batch().v1().jobs().inNamespace(namespace).resource(withPod).update();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw new ClusterException("starting the pod of " + name, e);
      }
      // somebody changed it meanwhile: it is looked at again
    }
  }

  /** By what a Job's work is done, as its object says. */
  static Means means(Job job) {
    Map<String, String> labels = orEmpty(job.getMetadata().getLabels());
    Map<String, String> annotations = orEmpty(job.getMetadata().getAnnotations());
    if (COMPONENT.equals(labels.get(Names.MEANS))) {
      return new Means.Standby(
          String.valueOf(job.getMetadata().getUid()),
          annotations.getOrDefault(Names.NODE, ""),
          annotations.getOrDefault(Names.STANDBY_POD, ""),
          "true".equals(annotations.get(Names.STANDBY_LOG)),
          Duration.ofSeconds(seconds(annotations.getOrDefault(Names.STANDBY_VALID, ""))));
    }
    return new Means.Pod(
        Optional.ofNullable(annotations.get(Names.STANDBY_INSTEAD)).flatMap(Standbys::instead));
  }

  private static Optional<Instead> instead(String annotation) {
    int space = annotation.indexOf(' ');
    try {
      Why why = Why.valueOf(annotation.substring(0, Math.max(0, space)));
      return Optional.of(new Instead(why, annotation.substring(space + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a newer bot's
    }
  }

  private static long seconds(String text) {
    return text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}
