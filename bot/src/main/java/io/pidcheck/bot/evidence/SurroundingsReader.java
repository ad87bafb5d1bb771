package io.pidcheck.bot.evidence;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pidcheck.bot.cluster.Workloads;
import io.pidcheck.probe.report.Missing;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Reads what the API server knows around one node: the node, its pods, and the events of the node,
 * of calico-node there and of a few pods that are not well. Rights: nodes get; pods and events list
 * (all namespaces); replicasets get.
 */
public final class SurroundingsReader {

  private static final int OTHER_PODS = 10;
  private static final int EVENTS_OF_ONE = 200;
  // the API server lists them by name
  private static final Comparator<EventSeen> NEWEST =
      Comparator.<EventSeen, Instant>comparing(event -> event.last().orElse(Instant.EPOCH))
          .reversed();

  private final KubernetesClient client;
  private final FiguresReader figures;
  private final Workloads workloads;
  private final Clock clock;

  public SurroundingsReader(KubernetesClient client, FiguresReader figures, Clock clock) {
    this.client = client;
    this.figures = figures;
    this.workloads = new Workloads(client);
    this.clock = clock;
  }

  /**
   * Reads once; what cannot be read is named as missing, and the rest is kept.
   *
   * @param holders uids of the pods whose workload is wanted too, which costs a request each
   */
  public Surroundings read(String node, Set<String> holders) {
    List<Missing> missing = new ArrayList<>();
    CompletableFuture<KubeletFigures> kubelet = figures.of(node).whole();
    Optional<NodeSeen> seen =
        attempt("the Node object", missing, () -> client.nodes().withName(node).get())
            .map(SeenObjects::node);
    List<PodSeen> pods =
        attempt("the node's pods", missing, () -> pods(node, holders)).orElse(List.of());
    List<EventSeen> events = new ArrayList<>();
    attempt("the node's events", missing, () -> ofNode(node)).ifPresent(events::addAll);
    for (PodSeen pod : worthAsking(pods)) {
      String what = "the events of " + pod.ref().namespace() + "/" + pod.ref().name();
      attempt(what, missing, () -> ofPod(pod)).ifPresent(events::addAll);
    }
    return new Surroundings(
        clock.instant(), seen, pods, events, Optional.of(kubelet.join()), missing);
  }

  FiguresReader.Reading kubelet(String node) {
    return figures.of(node);
  }

  private List<PodSeen> pods(String node, Set<String> holders) {
    List<Pod> pods =
        client.pods().inAnyNamespace().withField("spec.nodeName", node).list().getItems();
    return pods.stream()
        .map(
            pod ->
                SeenObjects.pod(
                    pod,
                    holders.contains(Workloads.cgroupUid(pod))
                        ? workloads.topmost(pod)
                        : Workloads.direct(pod)))
        .toList();
  }

  /** calico-node first, then a few that are not Ready or were restarted. */
  private static List<PodSeen> worthAsking(List<PodSeen> pods) {
    return Stream.concat(
            pods.stream().filter(PodSeen::calicoNode),
            pods.stream()
                .filter(pod -> !pod.calicoNode())
                .filter(pod -> pod.restarts() > 0 || !well(pod))
                .limit(OTHER_PODS))
        .toList();
  }

  private static boolean well(PodSeen pod) {
    return pod.phase().equals("Succeeded")
        || pod.containers().stream().allMatch(ContainerSeen::ready);
  }

  private List<EventSeen> ofNode(String node) {
    return client
        .v1()
        .events()
        .inAnyNamespace()
        .withField("involvedObject.kind", "Node")
        .withField("involvedObject.name", node)
        .list()
        .getItems()
        .stream()
        .map(SeenObjects::event)
        .sorted(NEWEST)
        .limit(EVENTS_OF_ONE)
        .toList();
  }

  private List<EventSeen> ofPod(PodSeen pod) {
    return client
        .v1()
        .events()
        .inNamespace(pod.ref().namespace())
        .withField("involvedObject.name", pod.ref().name())
        .list()
        .getItems()
        .stream()
        .map(SeenObjects::event)
        .sorted(NEWEST)
        .limit(EVENTS_OF_ONE)
        .toList();
  }

  /** A read of the API server that may fail. */
  private interface Read<T> {
    T get();
  }

  @SuppressWarnings("NullAway") // fabric8 answers null for an object that is not there
  private static <T> Optional<T> attempt(String what, List<Missing> missing, Read<T> read) {
    try {
      return Optional.ofNullable(read.get());
    } catch (KubernetesClientException e) {
      missing.add(new Missing(what, why(e)));
      return Optional.empty();
    }
  }

  /** The API server's own words, where it answered; fabric8 puts request and URL around them. */
  private static String why(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus())
        .map(Status::getMessage)
        .orElseGet(() -> Objects.requireNonNullElse(e.getMessage(), ""));
  }
}
