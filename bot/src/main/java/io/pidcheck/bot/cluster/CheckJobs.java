package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pidcheck.bot.cluster.JobManifest.Target;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The checks in the cluster: one Job each, which also remembers who waits for it. Rights: jobs
 * create, get, list, watch, update, delete in the bot's namespace; see also {@link NodeRoom}.
 */
public final class CheckJobs {

  private static final int ATTEMPTS = 5;

  /** What became of a question. */
  public sealed interface Asked {

    /** A new Job looks at the node. */
    record Started(CheckJob job) implements Asked {}

    /** Somebody else's Job that is on its way answers this one too. */
    record Joined(CheckJob job) implements Asked {}

    /**
     * The API server refuses the Job: quota, policy, missing rights.
     *
     * @param reason the API server's words
     */
    record Refused(String reason) implements Asked {}
  }

  private final KubernetesClient client;
  private final String namespace;
  private final ProbePod probe;
  private final Clock clock;

  public CheckJobs(KubernetesClient client, String namespace, ProbePod probe, Clock clock) {
    this.client = client;
    this.namespace = namespace;
    this.probe = probe;
    this.clock = clock;
  }

  /**
   * Starts a check of a node, or joins the one that is running.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public Asked ask(String node, AnswerTo answer) {
    for (int attempt = 1; ; attempt++) {
      try {
        return tryAsk(node, answer);
      } catch (KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_CONFLICT && attempt < ATTEMPTS) {
          continue; // another replica was quicker: look again at what there is now
        }
        if (isRefusal(e)) {
          return new Asked.Refused(words(e));
        }
        throw new ClusterException("starting the check's Job", e);
      }
    }
  }

  private Asked tryAsk(String node, AnswerTo answer) {
    List<Job> jobs = ofNode(node);
    Optional<Job> running = jobs.stream().filter(this::answersLater).findFirst();
    if (running.isPresent()) {
      return new Asked.Joined(JobState.of(withAnswer(running.get(), answer)));
    }
    int number = jobs.stream().mapToInt(JobState::number).max().orElse(0) + 1;
    Job manifest =
        JobManifest.check(
            Names.checkJob(node, number),
            new Target(node, NodeRoom.on(node, probe, client)),
            probe,
            AnswersJson.write(List.of(answer)));
    return new Asked.Started(
        JobState.of(client.batch().v1().jobs().inNamespace(namespace).resource(manifest).create()));
  }

  private List<Job> ofNode(String node) {
    return client
        .batch()
        .v1()
        .jobs()
        .inNamespace(namespace)
        .withLabels(
            Map.of(
                Names.MANAGED_BY, Names.PIDCHECK,
                Names.COMPONENT, Names.CHECK,
                Names.NODE_KEY, Names.nodeKey(node)))
        .list()
        .getItems()
        .stream()
        .sorted(Comparator.comparingInt(JobState::number).reversed())
        .toList();
  }

  private boolean answersLater(Job job) {
    CheckJob check = JobState.of(job);
    return check.active()
        && !check.reported()
        && job.getMetadata().getDeletionTimestamp() == null
        && clock.instant().isBefore(check.createdAt().plus(probe.deadline()));
  }

  private Job withAnswer(Job job, AnswerTo answer) {
    List<AnswerTo> answers = new ArrayList<>(JobState.of(job).answers());
    answers.add(answer);
    return annotate(job, Names.ANSWERS, AnswersJson.write(answers));
  }

  /** Writes only if nobody has changed the Job since it was read (optimistic lock). */
  private Job annotate(Job job, String key, String value) {
    Job changed =
        new JobBuilder(job).editMetadata().addToAnnotations(key, value).endMetadata().build();
    return client.batch().v1().jobs().inNamespace(namespace).resource(changed).update();
  }

  /**
   * Notes that everybody who waited for this state of the Job has been answered.
   *
   * @return false when somebody joined meanwhile: answer again
   * @throws ClusterException when the API server cannot be asked
   */
  public boolean markReported(CheckJob seen) {
    try {
      Job job = client.batch().v1().jobs().inNamespace(namespace).withName(seen.name()).get();
      if (job == null) {
        return true; // gone: nothing is left that could be answered twice
      }
      if (!JobState.of(job).answers().equals(seen.answers())) {
        return false;
      }
      annotate(job, Names.REPORTED, clock.instant().toString());
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return false;
      }
      throw new ClusterException("noting that " + seen.name() + " is answered", e);
    }
  }

  /**
   * Takes away an answered check that is older than its time to live. From Kubernetes 1.21 on the
   * cluster does it by itself (ttlSecondsAfterFinished).
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public void tidy(CheckJob job) {
    if (clock.instant().isBefore(job.createdAt().plus(probe.ttl()).plus(probe.deadline()))) {
      return;
    }
    try {
      client
          .batch()
          .v1()
          .jobs()
          .inNamespace(namespace)
          .withName(job.name())
          .withPropagationPolicy(DeletionPropagation.BACKGROUND)
          .delete();
    } catch (KubernetesClientException e) {
      throw new ClusterException("taking away " + job.name(), e);
    }
  }

  // 400 and 5xx other than 500 are broken edges; these are the API server's considered "no".
  private static boolean isRefusal(KubernetesClientException e) {
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_FORBIDDEN, 422, HttpURLConnection.HTTP_NOT_FOUND -> true;
      default -> false;
    };
  }

  private static String words(KubernetesClientException e) {
    String status = e.getStatus() == null ? null : e.getStatus().getMessage();
    String message = status == null ? e.getMessage() : status;
    return message == null ? "HTTP " + e.getCode() : message;
  }
}
