package io.pidcheck.bot.local.cluster.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.pidcheck.bot.local.cluster.fault.ClusterFault;
import io.pidcheck.bot.local.cluster.fault.Faults;
import io.pidcheck.bot.local.cluster.report.EventRecorder;
import io.pidcheck.bot.local.cluster.report.StatusReporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Runs the pods that are bound to its node as child processes.
 *
 * <p>Of a pod it honours: several containers, command, args, env with values and fieldRefs,
 * hostPath and emptyDir volumes (see {@link PathTranslation}), terminationMessagePath and its
 * policy, activeDeadlineSeconds, the grace period, restartPolicy Always. It does not honour: images
 * as such, users and capabilities, resources, probes, init containers, restartPolicy OnFailure,
 * other volumes.
 */
public final class Kubelet implements AutoCloseable {
  /** Marks a pod that no process stands behind; its status is somebody else's to write. */
  public static final String PRETEND = "pidcheck.io/pretend";

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

  private final KubeletContext context;
  private final Path directory;
  private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
  private final Handler handler = new Handler();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final SharedIndexInformer<Pod> informer;
  private final KubeletServer server;

  /**
   * @param images from an image's name to the command that stands for it
   * @param directory a private directory for what pods leave on disk
   * @param server its own port
   */
  public record Options(
      String nodeName,
      Map<String, List<String>> images,
      Path directory,
      Clock clock,
      Faults faults,
      KubeletServer.Options server) {}

  /**
   * Starts taking pods.
   *
   * @param logs what the API server reads
   */
  public Kubelet(KubernetesClient client, EventRecorder events, NodeLogs logs, Options options) {
    context =
        new KubeletContext(
            client,
            events,
            new StatusReporter(client),
            logs,
            options.faults(),
            options.clock(),
            options.images(),
            new RunningContainers());
    directory = options.directory();
    informer =
        client
            .pods()
            .inAnyNamespace()
            .withField("spec.nodeName", options.nodeName())
            .inform(handler);
    options.faults().onChange(this::faultsChanged);
    Statistics statistics = new Statistics(options.nodeName(), context.running(), options.clock());
    server = KubeletServer.start(options.server(), statistics);
  }

  /** Of its own HTTPS port. */
  public int port() {
    return server.port();
  }

  /** Kills every container; their pods are told nothing. */
  @Override
  public void close() {
    server.close();
    informer.close();
    threads.shutdownNow(); // a worker that is interrupted kills its processes
    try {
      if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        workers.values().forEach(PodWorker::kill);
      }
    } catch (InterruptedException e) {
      workers.values().forEach(PodWorker::kill);
      Thread.currentThread().interrupt();
    }
  }

  private void faultsChanged() {
    workers.values().forEach(worker -> worker.tell(new PodWorker.Signal.FaultsChanged()));
    if (context.faults().inForce(ClusterFault.NodeGone.class).isEmpty()) {
      informer.getStore().list().forEach(handler::onAdd);
    }
  }

  private final class Handler implements ResourceEventHandler<Pod> {
    @Override
    public synchronized void onAdd(Pod pod) {
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
        threads.execute(worker::live);
      }
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
      tell(pod, new PodWorker.Signal.Changed(pod));
      if (pod.isMarkedForDeletion() && !isLive(pod)) {
        threads.execute(() -> context.deleteForGood(pod));
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
