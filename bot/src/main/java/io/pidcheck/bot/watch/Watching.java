package io.pidcheck.bot.watch;

import io.pidcheck.bot.cluster.ClusterException;
import io.pidcheck.bot.cluster.DaemonPod;
import io.pidcheck.bot.cluster.Leadership;
import io.pidcheck.bot.incident.Incident;
import io.pidcheck.bot.incident.Incident.Shortage;
import io.pidcheck.bot.incident.NodeEntry;
import io.pidcheck.bot.incident.NodeEntry.Seen;
import io.pidcheck.bot.incident.Note;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees restarts and shortages, and writes them into the ledger as incidents; what is told of them
 * is {@link Telling}'s part. Works from what is: a change only says where to look, and after a
 * change of leader all pods are looked at beside what was last remembered of them.
 */
final class Watching implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watching.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration SIGN_EVERY = Duration.ofSeconds(30);

  /**
   * The pods' side.
   *
   * @param synced whether {@code all} is complete
   */
  record Pods(Supplier<Boolean> synced, Supplier<List<DaemonPod>> all) {}

  private final Remembered remembered;
  private final Pods pods;
  private final Leadership leadership;
  private final Clock clock;
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private final Map<String, Shortage> shortages = new ConcurrentHashMap<>();
  private final Semaphore something = new Semaphore(0);
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean closed;

  Watching(Remembered remembered, Pods pods, Leadership leadership, Clock clock) {
    this.remembered = remembered;
    this.pods = pods;
    this.leadership = leadership;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("watching").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Done when this replica first leads and has written down all that is there. */
  CompletableFuture<Void> begun() {
    return begun.copy();
  }

  /** A watched pod of that node came, changed or went. */
  void changed(String node) {
    changed.add(node);
    something.release();
  }

  /** PIDs are short on that node, by figures or by an event. */
  void shortage(String node, Shortage sign) {
    shortages.put(node, sign);
    something.release();
  }

  /** That node has room again: what was not told of it yet need not be. */
  void enough(String node) {
    shortages.remove(node);
  }

  private void run() {
    while (!closed) {
      try {
        boolean _ = something.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        something.drainPermits();
        round();
      } catch (InterruptedException e) {
        return;
      } catch (ClusterException e) {
        LOG.atWarn().log("the watch goes on in {}: {}", AFTER_FAILURE, e.getMessage());
        pause();
      } catch (RuntimeException e) {
        LOG.atError().setCause(e).log("the watch"); // a throw would end the watch
        pause();
      }
    }
  }

  private void round() {
    if (!leadership.leads()) {
      remembered.forget();
      return;
    }
    boolean all = !remembered.loaded();
    if (all) {
      if (!pods.synced().get()) {
        return;
      }
      remembered.load();
    }
    Set<String> nodes = new HashSet<>(changed);
    changed.removeAll(nodes);
    if (!all && nodes.isEmpty() && shortages.isEmpty()) {
      return;
    }
    look(all, nodes);
    if (remembered.loaded()) {
      begun.complete(null);
    }
  }

  private void look(boolean all, Set<String> nodes) {
    Map<String, UnaryOperator<NodeEntry>> changes = new HashMap<>();
    newest(all, nodes).values().forEach(pod -> add(changes, pod));
    Map<String, Shortage> signs = Map.copyOf(shortages);
    signs.forEach(
        (node, sign) ->
            changes.merge(node, entry -> shortOf(entry, node, sign), Watching::oneAfterOther));
    if (remembered.change(changes)) {
      signs.forEach(shortages::remove); // unless there is a newer one
    } // else all is read again, and all pods are looked at
  }

  /** Of each DaemonSet the newest pod of a node: the one before may still be terminating. */
  private Map<String, DaemonPod> newest(boolean all, Set<String> nodes) {
    Map<String, DaemonPod> newest = new HashMap<>();
    for (DaemonPod pod : pods.all().get()) {
      if (all || nodes.contains(pod.node())) {
        newest.merge(
            pod.node() + "/" + pod.set(),
            pod,
            (one, other) ->
                Comparator.comparing(DaemonPod::createdAt).compare(one, other) >= 0 ? one : other);
      }
    }
    return newest;
  }

  private void add(Map<String, UnaryOperator<NodeEntry>> changes, DaemonPod pod) {
    Optional<Seen> before = Optional.ofNullable(remembered.entry(pod.node()).seen().get(pod.set()));
    Instant since = remembered.since(pod.set(), clock.instant());
    Seen now = new Seen(pod.uid(), pod.restarts());
    UnaryOperator<NodeEntry> change =
        switch (Sighting.of(before, pod, since)) {
          case Sighting.Same() -> UnaryOperator.identity();
          case Sighting.NewPod() -> entry -> entry.saw(pod.set(), now);
          case Sighting.Restarted(int times) -> {
            LOG.atInfo()
                .addKeyValue("node", pod.node())
                .addKeyValue("pod", pod.name())
                .log("{} restarted, {} in all", pod.set(), pod.restarts());
            yield entry -> restarted(entry, pod, times).saw(pod.set(), now);
          }
        };
    changes.merge(pod.node(), change, Watching::oneAfterOther);
  }

  private static UnaryOperator<NodeEntry> oneAfterOther(
      UnaryOperator<NodeEntry> first, UnaryOperator<NodeEntry> second) {
    return entry -> second.apply(first.apply(entry));
  }

  private NodeEntry restarted(NodeEntry entry, DaemonPod pod, int times) {
    Instant now = clock.instant();
    Instant at =
        pod.last().map(DaemonPod.Ended::at).filter(end -> end.isAfter(Instant.EPOCH)).orElse(now);
    Incident incident =
        entry
            .open()
            .filter(open -> open.type() == Incident.Subject.TROUBLE)
            .orElseGet(() -> Incident.open(pod.node(), pod.set(), now));
    Incident after = incident.restarted(pod.set(), times, at);
    return entry.with(
        incident.told() ? after.noting(Note.Kind.RESTARTED_AGAIN, at, words(pod)) : after);
  }

  private static String words(DaemonPod pod) {
    return pod.last().map(end -> end.reason() + ", exit code " + end.exitCode()).orElse("");
  }

  private NodeEntry shortOf(NodeEntry entry, String node, Shortage sign) {
    Optional<Incident> open =
        entry.open().filter(incident -> incident.type() == Incident.Subject.TROUBLE);
    if (open.isEmpty()) {
      return entry.endedAfter(sign.at(), clock.instant())
          ? entry // what an ended incident has told already
          : entry.with(Incident.open(node, "", sign.at()).shortOf(sign));
    }
    Optional<Shortage> before = open.get().shortage();
    if (before.isPresent() && sign.at().isBefore(before.get().at().plus(SIGN_EVERY))) {
      return entry; // the same trouble goes on: not worth a write each time
    }
    Incident incident = open.get().shortOf(sign);
    return entry.with(
        before.isPresent()
            ? incident
            : incident.noting(Note.Kind.FREE_PIDS_LOW, sign.at(), sign.words()));
  }

  private void pause() {
    try {
      Thread.sleep(AFTER_FAILURE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
