package io.pidcheck.bot.local.cluster.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.pidcheck.bot.local.cluster.event.EventRecorder;
import io.pidcheck.bot.local.cluster.fault.ClusterFault;
import io.pidcheck.bot.local.cluster.fault.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs the pods that are bound to its node as child processes.
 *
 * <p>Of a pod it honours: several containers, command, args, env with values and fieldRefs,
 * hostPath and emptyDir volumes (see {@link PathTranslation}), terminationMessagePath and its
 * policy, activeDeadlineSeconds, the grace period. It does not honour: images as such, users and
 * capabilities, resources, probes, init containers, restarts, other volumes.
 */
public final class Kubelet implements AutoCloseable {
  /** Marks a pod that no process stands behind; its status is somebody else's to write. */
  public static final String PRETEND = "pidcheck.io/pretend";

  private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

  private final KubeletContext context;
  private final Path directory;
  private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
  private final SharedIndexInformer<Pod> informer;

  /**
   * @param images from an image's name to the command that stands for it
   * @param directory a private directory for what pods leave on disk
   */
  public record Options(
      String nodeName, Map<String, List<String>> images, Path directory, Clock clock) {}

  /** Starts taking pods; {@code logs} is what the API server reads. */
  public Kubelet(KubernetesClient client, Options options, NodeLogs logs, Faults faults) {
    EventRecorder events =
        new EventRecorder(client, options.clock(), "kubelet", options.nodeName());
    context = new KubeletContext(client, events, logs, faults, options.clock(), options.images());
    directory = options.directory();
    faults.onChange(
        () ->
            workers.values().forEach(worker -> worker.tell(new PodWorker.Signal.FaultsChanged())));
    informer =
        client
            .pods()
            .inAnyNamespace()
            .withField("spec.nodeName", options.nodeName())
            .inform(new Handler());
  }

  /** Kills every container; their pods are told nothing. */
  @Override
  public void close() {
    informer.close();
    workers.values().forEach(PodWorker::kill);
  }

  private final class Handler implements ResourceEventHandler<Pod> {
    @Override
    public void onAdd(Pod pod) {
      String uid = pod.getMetadata().getUid();
      boolean ours =
          !isPretend(pod)
              && !FINISHED.contains(pod.getStatus().getPhase())
              && context.faults().inForce(ClusterFault.NodeGone.class).isEmpty();
      if (ours && !workers.containsKey(uid)) {
        PodWorker worker = new PodWorker(pod, makeDirectory(uid), context);
        workers.put(uid, worker);
        if (pod.isMarkedForDeletion()) {
          worker.tell(new PodWorker.Signal.Changed(pod));
        }
        Thread.ofVirtual().name("pod-" + pod.getMetadata().getName()).start(worker::live);
      }
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
      tell(pod, new PodWorker.Signal.Changed(pod));
      if (pod.isMarkedForDeletion() && !isLive(pod)) {
        Thread.ofVirtual().start(() -> context.deleteForGood(pod));
      }
    }

    @Override
    public void onDelete(Pod pod, boolean finalStateUnknown) {
      tell(pod, new PodWorker.Signal.Removed());
      workers.remove(pod.getMetadata().getUid());
      context.logs().forget(pod.getMetadata().getUid());
    }

    private boolean isLive(Pod pod) {
      PodWorker worker = workers.get(pod.getMetadata().getUid());
      return worker != null && !worker.isOver();
    }

    private void tell(Pod pod, PodWorker.Signal signal) {
      PodWorker worker = workers.get(pod.getMetadata().getUid());
      if (worker != null) {
        worker.tell(signal);
      }
    }
  }

  private PodDirectory makeDirectory(String uid) {
    try {
      return PodDirectory.create(directory, uid);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a directory for pod " + uid, e);
    }
  }

  private static boolean isPretend(Pod pod) {
    return pod.getMetadata().getAnnotations().containsKey(PRETEND);
  }
}
