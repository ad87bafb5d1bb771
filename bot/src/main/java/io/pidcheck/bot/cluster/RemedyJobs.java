package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import io.pidcheck.bot.act.ActJson;
import io.pidcheck.bot.act.Ending;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Story;
import io.pidcheck.bot.cluster.RemedyJob.Request;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The remedies in the cluster: one Job each, whose name says what it does. So an act is claimed by
 * whoever makes its Job, and everybody else is told who that was. Rights: jobs create, get, list,
 * watch, update, delete in the bot's namespace.
 */
public final class RemedyJobs {

  private static final int ATTEMPTS = 5;

  /** What became of the wish to act. */
  public sealed interface Claim {

    /** It is this one's now. */
    record Claimed(RemedyJob job) implements Claim {}

    /** Somebody was earlier, with this very act. */
    record Taken(RemedyJob by) implements Claim {}

    /**
     * The API server does not take the Job.
     *
     * @param reason its words; foreign text
     */
    record Refused(String reason) implements Claim {}
  }

  private final KubernetesClient client;
  private final String namespace;
  private final RemedyPod made;
  private final Standbys standbys;
  private final Clock clock;

  /** By what is acted on a node: a pod, or the probe that stands by there. */
  public record Actors(RemedyPod pod, Standbys standbys) {}

  public RemedyJobs(KubernetesClient client, String namespace, Actors actors, Clock clock) {
    this.client = client;
    this.namespace = namespace;
    this.made = actors.pod();
    this.standbys = actors.standbys();
    this.clock = clock;
  }

  /**
   * What an act is held to.
   *
   * @param expiry how long it may wait for a second person
   * @param protectPods uids of pods whose processes are not touched, whatever the target says
   */
  public record Terms(Duration expiry, List<String> protectPods) {
    public Terms {
      protectPods = List.copyOf(protectPods);
    }
  }

  /**
   * Claims an act, once. Only an earlier claim that provably led to nothing may be followed by
   * another.
   *
   * @throws ClusterException when the API server cannot be asked: nothing was claimed, or it will
   *     be found by its name
   */
  public Claim claim(Remedy remedy, Request request, Terms terms) {
    for (int attempt = 1; ; attempt++) {
      try {
        return tryClaim(remedy, request, terms);
      } catch (KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_CONFLICT && attempt < ATTEMPTS) {
          continue; // another click was quicker: its Job is seen in the next round
        }
        if (Refusals.considered(e)) {
          return new Claim.Refused(Refusals.words(e));
        }
        throw new ClusterException("claiming the remedy", e);
      }
    }
  }

  private Claim tryClaim(Remedy remedy, Request request, Terms terms) {
    List<Job> before = ofAct(RemedyNames.key(remedy, request.dryRun()));
    Optional<RemedyJob> taken =
        before.stream()
            .flatMap(job -> RemedyState.of(job).stream())
            .filter(job -> !job.story().ending().map(Ending::neverActed).orElse(false))
            .findFirst();
    if (taken.isPresent()) {
      return new Claim.Taken(taken.get());
    }
    int number = before.stream().mapToInt(JobState::number).max().orElse(0) + 1;
    boolean released = !request.secondNeeded();
    Story story =
        released ? Story.BEGINS.releasedBy(request.user(), clock.instant()) : Story.BEGINS;
    RemedyManifest.Plan plan =
        new RemedyManifest.Plan(
            RemedyNames.job(remedy, request.dryRun(), number),
            released && needsPod(remedy),
            request.dryRun(),
            NodeRoom.on(remedy.seen().node(), made.probe(), client),
            released ? made.deadline() : terms.expiry().plus(made.deadline()),
            terms.protectPods());
    Job manifest =
        RemedyManifest.job(remedy, plan, made, RemedyState.annotations(remedy, request, story));
    boolean onNode = released && needsPod(remedy);
    Job assigned =
        onNode ? standbys.assigned(manifest, remedy.seen().node(), Duration.ZERO) : manifest;
    Job created = jobs().resource(assigned).create();
    return new Claim.Claimed(RemedyState.of(created).orElseThrow());
  }

  /** A pod's deletion is one call of the bot's; its Job only remembers it. */
  private static boolean needsPod(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Kill kill -> true;
      case Remedy.RaisePidMax raise -> true;
      case Remedy.Undo undo -> true;
      case Remedy.DeletePod delete -> false;
    };
  }

  /**
   * Lets a waiting remedy run.
   *
   * @return empty when somebody changed it meanwhile: look again
   * @throws ClusterException when the API server cannot be asked
   */
  public Optional<RemedyJob> release(RemedyJob seen, String approver) {
    Story story = seen.story().releasedBy(approver, clock.instant());
    // the Job controller counts the deadline from the Job's start, which was its creation
    Duration waited = Duration.between(seen.createdAt(), clock.instant());
    return change(
        seen,
        story,
        job -> {
          Job released =
              new JobBuilder(job)
                  .editSpec()
                  .withParallelism(needsPod(seen.remedy()) ? 1 : 0)
                  .withActiveDeadlineSeconds(waited.plus(made.deadline()).toSeconds())
                  .endSpec()
                  .build();
          return needsPod(seen.remedy())
              ? standbys.assigned(released, seen.node(), waited)
              : released;
        });
  }

  /**
   * Writes how far the act has come, if nobody else has.
   *
   * @return empty when somebody changed it meanwhile: look again
   * @throws ClusterException when the API server cannot be asked
   */
  public Optional<RemedyJob> tell(RemedyJob seen, Story story) {
    return change(seen, story, job -> job);
  }

  /** A change of a Job object, before it is written. */
  private interface Change {
    Job of(Job job);
  }

  private Optional<RemedyJob> change(RemedyJob seen, Story story, Change change) {
    try {
      Job job = jobs().withName(seen.name()).get();
      if (job == null || !seen.version().equals(job.getMetadata().getResourceVersion())) {
        Optional<RemedyJob> now = job == null ? Optional.empty() : RemedyState.of(job);
        if (now.isEmpty() || !now.get().story().equals(seen.story())) {
          return Optional.empty();
        }
      }
      Job told =
          new JobBuilder(job)
              .editMetadata()
              .addToAnnotations(RemedyNames.STORY, ActJson.write(story))
              .endMetadata()
              .build();
      return RemedyState.of(jobs().resource(change.of(told)).update());
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return Optional.empty();
      }
      throw new ClusterException("noting how far " + seen.name() + " is", e);
    }
  }

  /**
   * Notes that nothing more will be said about it.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public void markReported(RemedyJob seen) {
    Optional<RemedyJob> _ =
        change(
            seen,
            seen.story(),
            job ->
                new JobBuilder(job)
                    .editMetadata()
                    .addToAnnotations(Names.REPORTED, clock.instant().toString())
                    .endMetadata()
                    .build());
  }

  /**
   * One remedy by its Job's name.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public Optional<RemedyJob> find(String name) {
    try {
      return Optional.ofNullable(jobs().withName(name).get()).flatMap(RemedyState::of);
    } catch (KubernetesClientException e) {
      throw new ClusterException("reading " + name, e);
    }
  }

  /** Takes away what is old: its TTL does not count where it never ran, nor before 1.21. */
  public void tidy(RemedyJob job) {
    Duration kept = made.probe().ttl().plus(made.deadline());
    if (clock.instant().isBefore(job.createdAt().plus(kept))) {
      return;
    }
    try {
      jobs().withName(job.name()).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
    } catch (KubernetesClientException e) {
      throw new ClusterException("taking away " + job.name(), e);
    }
  }

  private List<Job> ofAct(String key) {
    return jobs()
        .withLabels(
            Map.of(
                Names.MANAGED_BY, Names.PIDCHECK,
                Names.COMPONENT, RemedyNames.REMEDY,
                RemedyNames.ACT_KEY, key))
        .list()
        .getItems()
        .stream()
        .sorted(Comparator.comparingInt(JobState::number).reversed())
        .toList();
  }

  private NonNamespaceOperation<Job, JobList, ScalableResource<Job>> jobs() {
    return client.batch().v1().jobs().inNamespace(namespace);
  }
}
