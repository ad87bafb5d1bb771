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
 * Tells of every check that changed: its Job, or a pod of it. Also of those that were there before
 * the bot started. Rights: jobs and pods list, watch in the bot's namespace.
 */
public final class CheckWatch implements AutoCloseable {

  // Job controller: every pod of a Job carries its name
  private static final String JOB_NAME = "job-name";
  private static final long NO_RESYNC = 0;

  private final SharedIndexInformer<Job> jobs;
  private final SharedIndexInformer<Pod> pods;
  private final String namespace;

  private CheckWatch(KubernetesClient client, String namespace, Consumer<CheckJob> changed) {
    this.namespace = namespace;
    Map<String, String> ours =
        Map.of(Names.MANAGED_BY, Names.PIDCHECK, Names.COMPONENT, Names.CHECK);
    this.jobs =
        client
            .batch()
            .v1()
            .jobs()
            .inNamespace(namespace)
            .withLabels(ours)
            .runnableInformer(NO_RESYNC)
            .exceptionHandler((started, error) -> true) // keep trying: the API server comes back
            .addEventHandler(new JobEvents(changed));
    this.pods =
        client
            .pods()
            .inNamespace(namespace)
            .withLabels(ours)
            .runnableInformer(NO_RESYNC)
            .exceptionHandler((started, error) -> true)
            .addEventHandler(new PodEvents(this, changed));
  }

  /** Begins to watch; answers at once, also while the API server is away. */
  public static CheckWatch start(
      KubernetesClient client, String namespace, Consumer<CheckJob> changed) {
    CheckWatch watch = new CheckWatch(client, namespace, changed);
    watch.jobs.start();
    watch.pods.start();
    return watch;
  }

  /** All checks that the cluster remembers. */
  public List<CheckJob> all() {
    return jobs.getStore().list().stream().map(JobState::of).toList();
  }

  private Optional<CheckJob> jobOf(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getLabels())
        .map(labels -> labels.get(JOB_NAME))
        .flatMap(name -> Optional.ofNullable(jobs.getStore().getByKey(namespace + "/" + name)))
        .map(JobState::of);
  }

  @Override
  public void close() {
    jobs.stop();
    pods.stop();
  }

  private record JobEvents(Consumer<CheckJob> changed) implements ResourceEventHandler<Job> {

    @Override
    public void onAdd(Job job) {
      changed.accept(JobState.of(job));
    }

    @Override
    public void onUpdate(Job before, Job now) {
      changed.accept(JobState.of(now));
    }

    @Override
    public void onDelete(Job job, boolean stateUnknown) {
      changed.accept(JobState.of(job).deleted());
    }
  }

  private record PodEvents(CheckWatch watch, Consumer<CheckJob> changed)
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
