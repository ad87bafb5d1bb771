package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Follows the pods of watched DaemonSets, keeping of each only what {@link DaemonPod} needs.
 * Rights: pods list, watch (all namespaces, or those named).
 */
public final class DaemonPods implements AutoCloseable {

  private static final String BY_NODE = "node";
  private static final long NO_RESYNC = 0;
  // of 5,000 pods at once the list alone would fill the heap
  private static final long PAGE = 250;

  private final List<Followed> followed;

  private record Followed(
      DaemonSetRef set, SharedIndexInformer<Pod> informer, AtomicLong lastAlive) {}

  private DaemonPods(List<Followed> followed) {
    this.followed = List.copyOf(followed);
  }

  public static DaemonPods of(KubernetesClient client, List<DaemonSetRef> sets) {
    return new DaemonPods(sets.stream().map(set -> follow(client, set)).toList());
  }

  /**
   * Begins to follow; answers at once, also while the API server is away.
   *
   * @param changed told the node's name, of every pod that came, changed or went
   */
  public void start(Consumer<String> changed) {
    for (Followed one : followed) {
      one.informer().addEventHandler(new Changes(changed));
      one.informer().start();
    }
  }

  private static Followed follow(KubernetesClient client, DaemonSetRef set) {
    var pods = client.pods();
    var there =
        set.namespace().isPresent()
            ? pods.inNamespace(set.namespace().get()).withLabel(set.label(), set.value())
            : pods.inAnyNamespace().withLabel(set.label(), set.value());
    SharedIndexInformer<Pod> informer =
        there
            .withLimit(PAGE)
            .runnableInformer(NO_RESYNC)
            .removeNamespaceIndex()
            .addIndexers(Map.of(BY_NODE, DaemonPods::node))
            .itemStore(new TrimmedPods(set.container()))
            .exceptionHandler((started, error) -> true); // keep trying: the API server comes back
    return new Followed(set, informer, new AtomicLong(System.nanoTime()));
  }

  /** All pods have been seen at least once. */
  public boolean synced() {
    return followed.stream().allMatch(one -> one.informer().hasSynced());
  }

  /** How long the watch has been dead; zero while it lives. */
  public Duration silence() {
    long now = System.nanoTime();
    long longest = 0;
    for (Followed one : followed) {
      if (one.informer().isWatching()) {
        one.lastAlive().set(now);
      }
      longest = Math.max(longest, now - one.lastAlive().get());
    }
    return Duration.ofNanos(longest);
  }

  /** All pods that are bound to a node. */
  public List<DaemonPod> all() {
    return followed.stream()
        .flatMap(
            one ->
                one.informer().getStore().list().stream()
                    .flatMap(pod -> TrimmedPods.read(one.set(), pod).stream()))
        .toList();
  }

  /** Those that are bound to this node, found without a look at all others. */
  public List<DaemonPod> on(String node) {
    return followed.stream()
        .flatMap(
            one ->
                one.informer().getIndexer().byIndex(BY_NODE, node).stream()
                    .flatMap(pod -> TrimmedPods.read(one.set(), pod).stream()))
        .toList();
  }

  private static List<String> node(Pod pod) {
    String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
    return node == null || node.isEmpty() ? List.of() : List.of(node);
  }

  @Override
  public void close() {
    followed.forEach(one -> one.informer().stop());
  }

  private record Changes(Consumer<String> changed) implements ResourceEventHandler<Pod> {

    @Override
    public void onAdd(Pod pod) {
      tell(pod);
    }

    @Override
    public void onUpdate(Pod before, Pod now) {
      tell(now);
    }

    @Override
    public void onDelete(Pod pod, boolean stateUnknown) {
      tell(pod);
    }

    private void tell(Pod pod) {
      node(pod).forEach(changed);
    }
  }
}
