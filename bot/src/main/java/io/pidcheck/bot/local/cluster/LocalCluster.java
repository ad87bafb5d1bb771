package io.pidcheck.bot.local.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.local.cluster.api.ApiServer;
import io.pidcheck.bot.local.cluster.controller.JobController;
import io.pidcheck.bot.local.cluster.explosion.ExplosionFailed;
import io.pidcheck.bot.local.cluster.explosion.ServiceImage;
import io.pidcheck.bot.local.cluster.fault.ClusterFault;
import io.pidcheck.bot.local.cluster.fault.Faults;
import io.pidcheck.bot.local.cluster.file.PrivateFiles;
import io.pidcheck.bot.local.cluster.kubelet.Kubelet;
import io.pidcheck.bot.local.cluster.kubelet.KubeletServer;
import io.pidcheck.bot.local.cluster.kubelet.NodeLogs;
import io.pidcheck.bot.local.cluster.report.EventRecorder;
import io.pidcheck.bot.local.cluster.tls.Authority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running cluster: the API server, a kubelet for this machine, a Job controller, and a pretended
 * calico-node pod. Whoever can read {@link #kubeconfig} can start processes as this user.
 */
public final class LocalCluster implements AutoCloseable {
  private static final int TOKEN_BYTES = 32;

  private final Options options;
  private final Path directory;
  private final Faults faults;
  private final Authority authority = Authority.create("pidcheck-local-ca");
  private final ApiServer api;
  private final Path kubeconfig;
  private final Path token;
  private final KubernetesClient client;
  private final ExecutorService events =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("events").factory());
  private final JobController jobs;
  private final Kubelet kubelet;
  private final CalicoNode calico;
  private Optional<ExplodingService> exploding = Optional.empty();
  private final Thread shutdownHook = new Thread(this::shutDown, "local-cluster-shutdown");
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param nodeName this machine's, as a node
   * @param namespace the bot's; made when the cluster starts, with ServiceAccount pidcheck-probe
   * @param images from the name of an image to the command line that stands for it
   * @param clock for timestamps, deadlines and expiry
   */
  public record Options(
      String nodeName, String namespace, Map<String, List<String>> images, Clock clock) {
    public Options {
      if (!nodeName.equals(NodeNames.of(nodeName))) {
        throw new IllegalArgumentException("not a node name: " + nodeName);
      }
      images = Map.copyOf(images);
    }

    /** The node is named after this machine; the namespace is {@code pidcheck}. */
    public static Options ofThisMachine(Map<String, List<String>> images) {
      return new Options(NodeNames.ofThisMachine(), "pidcheck", images, Clock.systemUTC());
    }

    public Options withNamespace(String other) {
      return new Options(nodeName, other, images, clock);
    }

    public Options withClock(Clock other) {
      return new Options(nodeName, namespace, images, other);
    }
  }

  private LocalCluster(Options options) throws IOException {
    this.options = options;
    directory = Files.createTempDirectory("pidcheck-local-"); // made with mode 0700
    faults = new Faults();
    NodeLogs logs = new NodeLogs(faults);
    String secret = randomToken();
    token = Files.writeString(directory.resolve("token"), secret); // in a directory of mode 0700
    api =
        ApiServer.start(new ApiServer.Options(secret, options.clock(), logs, this::podsForbidden));
    kubeconfig =
        new Kubeconfig(api.url(), secret, options.namespace(), authority.pem()).write(directory);
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
            .withTaskExecutor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    new Furnishing(client, options.namespace()).create();
    EventRecorder kubeletEvents = recorder("kubelet", options.nodeName());
    kubelet = new Kubelet(client, kubeletEvents, logs, kubeletOptions(secret));
    createNode();
    calico = new CalicoNode(client, kubeletEvents, options.nodeName(), options.clock());
    calico.create();
    jobs = new JobController(client, recorder("job-controller", ""), options.clock());
    Runtime.getRuntime().addShutdownHook(shutdownHook);
  }

  /**
   * Starts it and returns when everything runs.
   *
   * @throws UncheckedIOException when its private directory cannot be made
   */
  public static LocalCluster start(Options options) {
    try {
      return new LocalCluster(options);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the local cluster", e);
    }
  }

  /** A file with mode 0600: the server on 127.0.0.1, the bearer token, the bot's namespace. */
  public Path kubeconfig() {
    return kubeconfig;
  }

  public String nodeName() {
    return options.nodeName();
  }

  /**
   * Has the calico-node pod look as if its kubelet had just restarted its container after failed
   * liveness probes: events, not ready with one restart more, ready again. The pod is pretended: no
   * process is touched.
   */
  public void restartCalico() {
    calico.restart();
  }

  /**
   * Deploys a service whose one process has so many threads, as a pod of a Deployment, and returns
   * when they all exist.
   *
   * @throws ExplosionFailed when this machine has no room for so many
   */
  public void explode(int threads) throws ExplosionFailed {
    exploding = Optional.of(ExplodingService.start(client, options.nodeName(), threads, events));
  }

  /**
   * Has the probe stand by on this node. Its container is started again when it ends.
   *
   * @param image of the probe
   * @param acts whether it may also kill
   * @return its pod's name
   */
  public String standBy(String image, boolean acts) {
    StandbyPod.Place place =
        new StandbyPod.Place(options.nodeName(), options.namespace(), api.url(), token);
    return client.resource(new StandbyPod(image, acts).on(place)).create().getMetadata().getName();
  }

  /** Replaces the calico-node pod by a new one, as a rollout does. */
  public void rolloutCalico() {
    calico.replace();
  }

  /**
   * Forgets all past changes, as an API server does whose etcd is compacted: whoever watches is
   * told 410 Gone, now or on coming back, and has to list anew.
   */
  public void forgetHistory() {
    api.expireWatches();
  }

  /** Makes something go wrong until {@link #clearFaults}. */
  public void inject(ClusterFault fault) {
    faults.inject(fault);
    if (fault instanceof ClusterFault.NodeGone) {
      client.nodes().withName(options.nodeName()).delete();
    }
  }

  /** All is well again; a deleted node is back. */
  public void clearFaults() {
    boolean nodeGone = faults.inForce(ClusterFault.NodeGone.class).isPresent();
    faults.clear();
    if (nodeGone) {
      createNode();
    }
  }

  private void createNode() {
    client
        .resource(new LocalNode(options.nodeName(), kubelet.port(), options.clock()).object())
        .create();
  }

  /** Kills all containers and leaves nothing behind. */
  @Override
  public void close() {
    shutDown();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      return; // the JVM is going down, and the hook with it
    }
  }

  private void shutDown() {
    if (closed.compareAndSet(false, true)) {
      exploding.ifPresent(ExplodingService::close);
      kubelet.close();
      jobs.close();
      events.shutdownNow();
      api.close();
      client.close();
      PrivateFiles.deleteTree(directory);
    }
  }

  private Kubelet.Options kubeletOptions(String token) throws IOException {
    return new Kubelet.Options(
        options.nodeName(),
        images(),
        Files.createDirectory(directory.resolve("pods")),
        options.clock(),
        faults,
        new KubeletServer.Options(
            token, authority.server(options.nodeName(), InetAddress.getLoopbackAddress()), faults));
  }

  private Map<String, List<String>> images() throws IOException {
    Map<String, List<String>> images = new HashMap<>(options.images());
    images.put(
        ExplodingService.IMAGE,
        ServiceImage.write(Files.createDirectory(directory.resolve("order-service"))));
    return images;
  }

  private EventRecorder recorder(String component, String host) {
    return new EventRecorder(
        client, events, options.clock(), new EventRecorder.Source(component, host));
  }

  private Optional<String> podsForbidden() {
    return faults
        .inForce(ClusterFault.AdmissionRefusesPods.class)
        .map(ClusterFault.AdmissionRefusesPods::message);
  }

  private static String randomToken() {
    byte[] token = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(token);
    return HexFormat.of().formatHex(token);
  }
}
