package io.pidcheck.bot.cluster.kubelet;

import io.pidcheck.bot.cluster.ClusterException;
import io.pidcheck.bot.cluster.Nodes;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Told;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every node's kubelet once a period, one after the other, for the exhaustion that nothing
 * else tells of: at zero free PIDs no probe counts and nothing restarts. One small request each;
 * spread over the period, so that neither side feels it.
 */
public final class PidPoll implements Survey.Known, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PidPoll.class);
  private static final Duration NODES_FRESH = Duration.ofMinutes(5);
  private static final long SHORTEST_MILLIS = 5;
  // A round may be a little longer than its period, and one answer may be missed.
  private static final Duration LATE = Duration.ofMinutes(1);

  // Older than this, a count is asked for anew when somebody wants to see it.
  private static final Duration RECENT = Duration.ofSeconds(75);

  /** Who wants to know. Called on threads of the poll; told again after a restart of the bot. */
  public interface Listener {

    /** The node fell under the threshold. */
    void low(String node, NodeTasks tasks);

    /** It has room again. */
    void enough(String node, NodeTasks tasks);
  }

  /**
   * When a node is short of PIDs.
   *
   * @param leastFree in PIDs
   * @param fullness from which on it is short whatever is left; 0.95 is 95 %
   */
  public record Threshold(long leastFree, double fullness) {

    boolean isLow(NodeTasks tasks) {
      return tasks.freeAtLeast() < leastFree || tasks.fullness() >= fullness;
    }
  }

  /** One more pod start could take the last ones, or nearly all are in use. */
  public static final Threshold NEARLY_OUT = new Threshold(60, 0.95);

  private record Seen(boolean low, Instant since, Instant at, Optional<NodeTasks> tasks) {}

  private final Nodes nodes;
  private final Kubelets kubelets;
  private final Duration period;
  private final Threshold threshold;
  private final Clock clock;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();
  private final Deque<KubeletAddress> toAsk = new ArrayDeque<>();
  private final ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("pid-poll").factory());
  private List<KubeletAddress> known = List.of();
  private Instant listedAt = Instant.EPOCH;

  /**
   * @param period in which every node is asked once
   */
  public PidPoll(
      Nodes nodes, Kubelets kubelets, Duration period, Threshold threshold, Clock clock) {
    this.nodes = nodes;
    this.kubelets = kubelets;
    this.period = period;
    this.threshold = threshold;
    this.clock = clock;
  }

  /** Begins; returns at once. */
  public void start(Listener listener) {
    timer.execute(() -> next(listener));
  }

  /**
   * What a node's kubelet said in the last round, where that is recent and no cause for concern:
   * who is short is worth asking anew.
   */
  @Override
  public Optional<NodeReading> of(String node) {
    Instant now = clock.instant();
    return Optional.ofNullable(seen.get(node))
        .filter(last -> !last.low() && now.isBefore(last.at().plus(RECENT)))
        .flatMap(
            last ->
                last.tasks()
                    .map(
                        tasks ->
                            new NodeReading(
                                node, new Told<>(tasks), Duration.between(last.at(), now))));
  }

  /**
   * Whether a node has had PIDs enough for that long, as far as was seen; empty where its kubelet
   * has not said so lately.
   */
  public Optional<Boolean> enoughFor(String node, Duration time) {
    return Optional.ofNullable(seen.get(node))
        .filter(last -> clock.instant().isBefore(last.at().plus(period).plus(LATE)))
        .map(last -> !last.low() && !clock.instant().isBefore(last.since().plus(time)));
  }

  private void next(Listener listener) {
    long wait = period.toMillis();
    try {
      if (toAsk.isEmpty()) {
        toAsk.addAll(nodes());
      }
      if (!toAsk.isEmpty()) {
        KubeletAddress kubelet = toAsk.removeFirst();
        askers.execute(() -> ask(kubelet, listener));
        wait = Math.max(SHORTEST_MILLIS, period.toMillis() / known.size());
      }
    } catch (ClusterException e) {
      LOG.atWarn().log("polling the kubelets: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("polling the kubelets"); // a throw would end the poll
    }
    if (!timer.isShutdown()) {
      ScheduledFuture<?> _ = timer.schedule(() -> next(listener), wait, TimeUnit.MILLISECONDS);
    }
  }

  private List<KubeletAddress> nodes() {
    if (clock.instant().isAfter(listedAt.plus(NODES_FRESH))) {
      known = nodes.kubelets();
      listedAt = clock.instant();
      seen.keySet().retainAll(known.stream().map(KubeletAddress::node).collect(Collectors.toSet()));
    }
    return known;
  }

  private void ask(KubeletAddress kubelet, Listener listener) {
    kubelets.tasks(kubelet).told().ifPresent(tasks -> take(kubelet.node(), tasks, listener));
  }

  private void take(String node, NodeTasks tasks, Listener listener) {
    boolean low = threshold.isLow(tasks);
    Instant now = clock.instant();
    Seen before = seen.getOrDefault(node, new Seen(false, now, now, Optional.empty()));
    seen.put(
        node, new Seen(low, before.low() == low ? before.since() : now, now, Optional.of(tasks)));
    boolean wasLow = before.low();
    try {
      if (low && !wasLow) {
        listener.low(node, tasks);
      } else if (!low && wasLow) {
        listener.enough(node, tasks);
      }
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("node", node).setCause(e).log("telling of a shortage");
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    askers.shutdownNow();
  }
}
