package io.pidcheck.bot.local.cluster.controller;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.pidcheck.bot.local.cluster.report.EventRecorder;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches Jobs and their pods, and sees to each Job that changed, one at a time: runs it, deletes
 * it when its time after the end has passed, collects the pods of a deleted one.
 */
public final class JobController implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobController.class);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int DOUBLINGS = 6;

  private final KubernetesClient client;
  private final Clock clock;
  private final WorkQueue<Task> queue;
  private final JobSync sync;
  private final JobGarbage garbage;
  private final Map<Task, Integer> failures = new HashMap<>();
  private final SharedIndexInformer<Job> jobs;
  private final SharedIndexInformer<Pod> pods;
  private final Thread worker;

  private sealed interface Task {
    /** See how that Job stands. */
    record Look(String namespace, String name) implements Task {}

    /** See to what a deleted Job leaves. */
    record Bury(Job job) implements Task {}
  }

  /** Starts it. */
  public JobController(KubernetesClient client, EventRecorder events, Clock clock) {
    this.client = client;
    this.clock = clock;
    queue = new WorkQueue<>(clock);
    JobPods jobPods = new JobPods(client, events);
    sync = new JobSync(client, jobPods, events, clock);
    garbage = new JobGarbage(client, jobPods);
    jobs = client.batch().v1().jobs().inAnyNamespace().inform(new JobHandler());
    pods = client.pods().inAnyNamespace().withLabel("job-name").inform(new PodHandler());
    worker = Thread.ofVirtual().name("job-controller").start(this::work);
  }

  @Override
  public void close() {
    jobs.close();
    pods.close();
    worker.interrupt();
    try {
      worker.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      while (true) {
        attend(queue.take());
      }
    } catch (InterruptedException e) {
      LOG.debug("stopped");
    }
  }

  private void attend(Task task) {
    try {
      switch (task) {
        case Task.Look look -> look(look);
        case Task.Bury(Job job) -> garbage.collectAfter(job);
      }
      failures.remove(task);
    } catch (KubernetesClientException e) {
      int doublings = Math.min(failures.merge(task, 1, Integer::sum) - 1, DOUBLINGS);
      queue.addAt(task, clock.instant().plus(FIRST_RETRY.multipliedBy(1L << doublings)));
      LOG.debug("tried again later: {}", e.getMessage());
    }
  }

  private void look(Task.Look task) {
    var resource = client.batch().v1().jobs().inNamespace(task.namespace()).withName(task.name());
    Optional.ofNullable(resource.get())
        .flatMap(job -> job.isMarkedForDeletion() ? garbage.collect(job) : sync.sync(job))
        .ifPresent(time -> queue.addAt(task, time));
  }

  private final class JobHandler implements ResourceEventHandler<Job> {
    @Override
    public void onAdd(Job job) {
      queue.add(key(job));
    }

    @Override
    public void onUpdate(Job before, Job job) {
      queue.add(key(job));
    }

    @Override
    public void onDelete(Job job, boolean finalStateUnknown) {
      queue.add(new Task.Bury(job));
    }

    private Task key(Job job) {
      return new Task.Look(job.getMetadata().getNamespace(), job.getMetadata().getName());
    }
  }

  private final class PodHandler implements ResourceEventHandler<Pod> {
    @Override
    public void onAdd(Pod pod) {
      enqueueOwner(pod);
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
      enqueueOwner(pod);
    }

    @Override
    public void onDelete(Pod pod, boolean finalStateUnknown) {
      enqueueOwner(pod);
    }

    private void enqueueOwner(Pod pod) {
      owners(pod).forEach(name -> queue.add(new Task.Look(pod.getMetadata().getNamespace(), name)));
    }

    private List<String> owners(Pod pod) {
      return pod.getMetadata().getOwnerReferences().stream()
          .filter(owner -> owner.getKind().equals("Job"))
          .map(owner -> owner.getName())
          .toList();
    }
  }
}
