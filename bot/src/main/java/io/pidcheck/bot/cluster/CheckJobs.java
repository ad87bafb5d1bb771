package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pidcheck.bot.cluster.JobManifest.Target;
import io.pidcheck.probe.report.ShortKey;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
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
  private final Standbys standbys;
  private final Clock clock;

  /** By what a node is looked at: a pod, or the probe that stands by there. */
  public record Probes(ProbePod pod, Standbys standbys) {}

  public CheckJobs(KubernetesClient client, String namespace, Probes probes, Clock clock) {
    this.client = client;
    this.namespace = namespace;
    this.probe = probes.pod();
    this.standbys = probes.standbys();
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
        if (Refusals.considered(e)) {
          return new Asked.Refused(Refusals.words(e));
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
    return new Asked.Started(start(Names.checkJob(node, number), node, List.of(answer)));
  }

  private CheckJob start(String name, String node, List<AnswerTo> answers) {
    Target target = new Target(node, NodeRoom.on(node, probe, client));
    Job pods = JobManifest.check(name, target, probe, AnswersJson.write(answers));
    Job manifest = standbys.assigned(pods, node, Duration.ZERO);
    return JobState.of(
        client.batch().v1().jobs().inNamespace(namespace).resource(manifest).create());
  }

  /**
   * Whether a standby probe can look at the node: then its PIDs are not at stake.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public boolean standsBy(String node) {
    try {
      return standbys.on(node) instanceof Standbys.Standing.Fit;
    } catch (KubernetesClientException e) {
      throw new ClusterException("looking for the standby probe of " + node, e);
    }
  }

  /**
   * Whether the standby probe of the node may look and not act.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public boolean looksOnly(String node) {
    try {
      return standbys.on(node) instanceof Standbys.Standing.Fit fit && !fit.acts();
    } catch (KubernetesClientException e) {
      throw new ClusterException("looking for the standby probe of " + node, e);
    }
  }

  /**
   * Looks at a node for nobody's question: there is no message to answer.
   *
   * @param name of the Job; where there is one of this name already, that one looks
   * @throws ClusterException when the API server cannot be asked
   */
  public Asked measure(String name, String node) {
    try {
      Job there = client.batch().v1().jobs().inNamespace(namespace).withName(name).get();
      if (there != null) {
        return new Asked.Joined(JobState.of(there));
      }
      return new Asked.Started(start(name, node, List.of()));
    } catch (KubernetesClientException e) {
      if (Refusals.considered(e)) {
        return new Asked.Refused(Refusals.words(e));
      }
      throw new ClusterException("measuring again", e);
    }
  }

  /**
   * What a message of this check showed, kept for whoever has to write below it later: a message
   * can only be edited as a whole.
   *
   * @param shown as it was sent
   * @throws ClusterException when the API server cannot be asked
   */
  public void keepShown(String check, AnswerTo answer, String shown) {
    for (int attempt = 1; ; attempt++) {
      try {
        Job job = client.batch().v1().jobs().inNamespace(namespace).withName(check).get();
        if (job != null) {
          annotate(job, Shown.key(answer), shown);
        }
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
          throw new ClusterException("keeping what " + check + " showed", e);
        }
      }
    }
  }

  /**
   * What {@link #keepShown} kept of the message at this place, and for whom it was written.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public Optional<Shown> shown(String check, String channel, String ts) {
    try {
      Job job = client.batch().v1().jobs().inNamespace(namespace).withName(check).get();
      return job == null ? Optional.empty() : Shown.in(job, channel, ts);
    } catch (KubernetesClientException e) {
      throw new ClusterException("reading what " + check + " showed", e);
    }
  }

  /**
   * Whether a check answers, or answered, in that message.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public boolean answers(String node, String channel, String ts) {
    try {
      return ofNode(node).stream()
          .flatMap(job -> JobState.of(job).answers().stream())
          .anyMatch(answer -> isAt(answer, channel, ts));
    } catch (KubernetesClientException e) {
      throw new ClusterException("looking for the checks of " + node, e);
    }
  }

  private static boolean isAt(AnswerTo answer, String channel, String ts) {
    return answer.channel().equals(channel) && answer.ts().equals(ts);
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
                Names.NODE_KEY, ShortKey.ofNode(node)))
        .list()
        .getItems()
        .stream()
        .sorted(Comparator.comparingInt(JobState::number).reversed())
        .toList();
  }

  private boolean answersLater(Job job) {
    CheckJob check = JobState.of(job);
    return !check.node().isEmpty() // else nobody watches it
        && check.active()
        && !check.reported()
        && job.getMetadata().getDeletionTimestamp() == null
        && clock.instant().isBefore(check.createdAt().plus(probe.deadline()));
  }

  private Job withAnswer(Job job, AnswerTo answer) {
    List<AnswerTo> answers = new ArrayList<>(JobState.of(job).answers());
    if (answers.stream().anyMatch(there -> isAt(there, answer.channel(), answer.ts()))) {
      return job; // one message is answered once
    }
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
}
