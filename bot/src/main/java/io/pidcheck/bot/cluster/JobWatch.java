package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of every check, or of every remedy, that changed: its Job, or a pod of it. Also of those
 * that were there before the bot started. Rights: jobs and pods list, watch in the bot's namespace.
 *
 * @param <T> what such a Job is to the bot
 */
public final class JobWatch<T> implements AutoCloseable {

  /**
   * Which Jobs are watched, and what they are.
   *
   * @param component their label
   * @param read empty for a Job that is none after all
   * @param deleted the same, of a Job that is gone
   */
  private record Kind<T>(
      String component, Function<Job, Optional<T>> read, UnaryOperator<T> deleted) {}

  private static final Logger LOG = LoggerFactory.getLogger(JobWatch.class);

  // Job controller: every pod of a Job carries its name
  private static final String JOB_NAME = "job-name";
  private static final long NO_RESYNC = 0;

  private final Kind<T> kind;
  private final SharedIndexInformer<Job> jobs;
  private final SharedIndexInformer<Pod> pods;
  private final String namespace;

  private JobWatch(KubernetesClient client, String namespace, Kind<T> kind) {
    this.namespace = namespace;
    this.kind = kind;
    Map<String, String> ours =
        Map.of(Names.MANAGED_BY, Names.PIDCHECK, Names.COMPONENT, kind.component());
    jobs =
        client
            .batch()
            .v1()
            .jobs()
            .inNamespace(namespace)
            .withLabels(ours)
            .runnableInformer(NO_RESYNC)
            .exceptionHandler((started, error) -> true); // keep trying: the API server comes back
    pods =
        client
            .pods()
            .inNamespace(namespace)
            .withLabels(ours)
            .runnableInformer(NO_RESYNC)
            .exceptionHandler((started, error) -> true);
  }

  /** Of all checks. Does not watch yet. */
  public static JobWatch<CheckJob> ofChecks(KubernetesClient client, String namespace) {
    Kind<CheckJob> checks = new Kind<>(Names.CHECK, JobState::ofCheck, CheckJob::deleted);
    return new JobWatch<>(client, namespace, checks);
  }

  /** Of all remedies. Does not watch yet. */
  public static JobWatch<RemedyJob> ofRemedies(KubernetesClient client, String namespace) {
    Kind<RemedyJob> remedies = new Kind<>(RemedyNames.REMEDY, RemedyState::of, RemedyJob::deleted);
    return new JobWatch<>(client, namespace, remedies);
  }

  /** Begins to watch; answers at once, also while the API server is away. */
  public void start(Consumer<T> changed) {
    jobs.addEventHandler(new JobEvents<>(kind, changed));
    pods.addEventHandler(new PodEvents<>(this, changed));
    jobs.start();
    pods.start();
  }

  /** All that the cluster remembers. */
  public List<T> all() {
    return jobs.getStore().list().stream().flatMap(job -> kind.read().apply(job).stream()).toList();
  }

  private Optional<T> of(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getLabels())
        .map(labels -> labels.get(JOB_NAME))
        .flatMap(name -> Optional.ofNullable(jobs.getStore().getByKey(namespace + "/" + name)))
        .flatMap(kind.read());
  }

  @Override
  public void close() {
    jobs.stop();
    pods.stop();
  }

  private record JobEvents<T>(Kind<T> kind, Consumer<T> changed)
      implements ResourceEventHandler<Job> {

    @Override
    public void onAdd(Job job) {
      kind.read()
          .apply(job)
          .ifPresentOrElse(changed, () -> passedOver(job.getMetadata().getName()));
    }

    private void passedOver(String job) {
      LOG.atWarn()
          .addKeyValue("job", job)
          .log("carries the labels of a {} and not its annotations: passed over", kind.component());
    }

    @Override
    public void onUpdate(Job before, Job now) {
      kind.read().apply(now).ifPresent(changed);
    }

    @Override
    public void onDelete(Job job, boolean stateUnknown) {
      kind.read().apply(job).map(kind.deleted()).ifPresent(changed);
    }
  }

  private record PodEvents<T>(JobWatch<T> watch, Consumer<T> changed)
      implements ResourceEventHandler<Pod> {

    @Override
    public void onAdd(Pod pod) {
      watch.of(pod).ifPresent(changed);
    }

    @Override
    public void onUpdate(Pod before, Pod now) {
      watch.of(now).ifPresent(changed);
    }

    @Override
    public void onDelete(Pod pod, boolean stateUnknown) {
      watch.of(pod).ifPresent(changed);
    }
  }
}
