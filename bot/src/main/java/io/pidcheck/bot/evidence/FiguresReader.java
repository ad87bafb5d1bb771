package io.pidcheck.bot.evidence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.cluster.Workloads;
import io.pidcheck.bot.cluster.kubelet.CgroupTasks;
import io.pidcheck.bot.cluster.kubelet.KubeletAddress;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Lack;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.NotTold;
import io.pidcheck.bot.cluster.kubelet.Kubelets;
import io.pidcheck.bot.cluster.kubelet.NodeTasks;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what a node's kubelet counts, and whose the biggest containers are. Rights: nodes get; pods
 * list; replicasets get; see also {@link Kubelets}.
 */
public final class FiguresReader {

  // Asked for at the beginning and at the end of a check, and by all who wait for it.
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final int MOST_NODES = 1_000;
  private static final int NAMED = 3;

  private final KubernetesClient client;
  private final Kubelets kubelets;
  private final Workloads workloads;
  private final Executor threads;
  private final Clock clock;
  private final Cache<String, Reading> readings =
      Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(MOST_NODES).build();

  /**
   * A reading on its way. No part ever fails: what is lacking is in them.
   *
   * @param count there first, as a rule within some 20 ms; with a dead container runtime late, and
   *     an error
   * @param cgroups answered from the kubelet's memory
   */
  public record Reading(
      CompletableFuture<KubeletAnswer<NodeTasks>> count,
      CompletableFuture<KubeletAnswer<List<CgroupTasks>>> cgroups,
      CompletableFuture<KubeletFigures> whole) {}

  public FiguresReader(KubernetesClient client, Kubelets kubelets, Executor threads, Clock clock) {
    this.client = client;
    this.kubelets = kubelets;
    this.workloads = new Workloads(client);
    this.threads = threads;
    this.clock = clock;
  }

  /** Begins to read, or gives what was read in the last five seconds. Returns at once. */
  public Reading of(String node) {
    return readings.get(node, this::begin);
  }

  private Reading begin(String node) {
    CompletableFuture<Where> where = CompletableFuture.supplyAsync(() -> where(node), threads);
    CompletableFuture<KubeletAnswer<NodeTasks>> count =
        where.thenApplyAsync(found -> found.ask(kubelets::tasks), threads);
    CompletableFuture<KubeletAnswer<List<CgroupTasks>>> cgroups =
        where.thenApplyAsync(found -> found.ask(kubelets::cgroups), threads);
    return new Reading(count, cgroups, count.thenCombineAsync(cgroups, this::together, threads));
  }

  /** Where its kubelet is, or why that is not known. */
  private record Where(Optional<KubeletAddress> address, String why) {

    <T> KubeletAnswer<T> ask(
        java.util.function.Function<KubeletAddress, KubeletAnswer<T>> question) {
      return address.map(question).orElseGet(() -> new NotTold<>(Lack.NO_ADDRESS, why));
    }
  }

  private Where where(String name) {
    try {
      Node node = client.nodes().withName(name).get();
      return node == null
          ? new Where(Optional.empty(), "")
          : new Where(Optional.of(KubeletAddress.of(node)), "");
    } catch (KubernetesClientException e) {
      return new Where(Optional.empty(), Objects.requireNonNullElse(e.getMessage(), ""));
    }
  }

  private KubeletFigures together(
      KubeletAnswer<NodeTasks> count, KubeletAnswer<List<CgroupTasks>> cgroups) {
    KubeletFigures figures = new KubeletFigures(count, cgroups, Map.of(), clock.instant());
    List<CompletableFuture<Optional<Named>>> named =
        figures.containers().stream()
            .limit(NAMED)
            .map(container -> CompletableFuture.supplyAsync(() -> named(container), threads))
            .toList();
    Map<String, PodRef> pods =
        named.stream()
            .map(CompletableFuture::join)
            .flatMap(Optional::stream)
            .collect(Collectors.toMap(Named::uid, Named::pod, (first, second) -> first));
    return new KubeletFigures(count, cgroups, pods, figures.at());
  }

  private record Named(String uid, PodRef pod) {}

  private Optional<Named> named(CgroupTasks container) {
    try {
      Stream<Pod> pods =
          client
              .pods()
              .inNamespace(container.namespace())
              .withField("metadata.name", container.pod())
              .list()
              .getItems()
              .stream();
      return pods.filter(pod -> container.podUid().equals(Optional.of(Workloads.cgroupUid(pod))))
          .findFirst()
          .map(pod -> new Named(Workloads.cgroupUid(pod), workloads.topmost(pod)));
    } catch (KubernetesClientException e) {
      return Optional.empty(); // the kubelet's own labels still name it
    }
  }
}
