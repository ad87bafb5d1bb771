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

/**
 * Tells of every remedy that changed: its Job, or its pod. Also of those that were there before the
 * bot started. Rights: jobs and pods list, watch in the bot's namespace.
 */
public final class RemedyWatch implements AutoCloseable {

  private static final String JOB_NAME = "job-name"; // Job controller
  private static final long NO_RESYNC = 0;

  private final SharedIndexInformer<Job> jobs;
  private final SharedIndexInformer<Pod> pods;
  private final String namespace;

  /** Does not watch yet. */
  public RemedyWatch(KubernetesClient client, String namespace) {
    this.namespace = namespace;
    Map<String, String> ours =
        Map.of(Names.MANAGED_BY, Names.PIDCHECK, Names.COMPONENT, RemedyNames.REMEDY);
    this.jobs =
        client
            .batch()
            .v1()
            .jobs()
            .inNamespace(namespace)
            .withLabels(ours)
            .runnableInformer(NO_RESYNC)
            .exceptionHandler((started, error) -> true); // the API server comes back
    this.pods =
        client
            .pods()
            .inNamespace(namespace)
            .withLabels(ours)
            .runnableInformer(NO_RESYNC)
            .exceptionHandler((started, error) -> true);
  }

  /** Begins to watch; answers at once, also while the API server is away. */
  public void start(Consumer<RemedyJob> changed) {
    jobs.addEventHandler(new JobEvents(changed));
    pods.addEventHandler(new PodEvents(this, changed));
    jobs.start();
    pods.start();
  }

  /** All remedies that the cluster remembers. */
  public List<RemedyJob> all() {
    return jobs.getStore().list().stream().flatMap(job -> RemedyState.of(job).stream()).toList();
  }

  private Optional<RemedyJob> jobOf(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getLabels())
        .map(labels -> labels.get(JOB_NAME))
        .flatMap(name -> Optional.ofNullable(jobs.getStore().getByKey(namespace + "/" + name)))
        .flatMap(RemedyState::of);
  }

  @Override
  public void close() {
    jobs.stop();
    pods.stop();
  }

  private record JobEvents(Consumer<RemedyJob> changed) implements ResourceEventHandler<Job> {

    @Override
    public void onAdd(Job job) {
      RemedyState.of(job).ifPresent(changed);
    }

    @Override
    public void onUpdate(Job before, Job now) {
      RemedyState.of(now).ifPresent(changed);
    }

    @Override
    public void onDelete(Job job, boolean stateUnknown) {
      RemedyState.of(job).map(RemedyJob::deleted).ifPresent(changed);
    }
  }

  private record PodEvents(RemedyWatch watch, Consumer<RemedyJob> changed)
      implements ResourceEventHandler<Pod> {

    @Override
    public void onAdd(Pod pod) {
      watch.jobOf(pod).ifPresent(changed);
    }

    @Override
    public void onUpdate(Pod before, Pod now) {
      watch.jobOf(now).ifPresent(changed);
    }

    @Override
    public void onDelete(Pod pod, boolean stateUnknown) {
      watch.jobOf(pod).ifPresent(changed);
    }
  }
}
