package io.pidcheck.bot.local.cluster.api;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * What etcd is to the real server: all objects, one version counter for all of them, and the latest
 * changes for watches that resume. An object in here is never changed in place.
 */
final class ObjectStore {
  private static final int HISTORY = 10_000;

  private final TreeMap<ObjectKey, ObjectNode> objects = new TreeMap<>();
  private final Deque<Change> history = new ArrayDeque<>();
  private final Set<Watch> watches = new LinkedHashSet<>();
  private long version = 1;
  private long forgotten = 0;

  /** All objects of one kind at one version, by their keys, whatever the scope's selector. */
  record Snapshot(long version, NavigableMap<ObjectKey, ObjectNode> objects) {}

  /** What to watch: one kind, in one namespace or all. */
  record Scope(ResourceType type, Optional<String> namespace, Selector selector) {
    boolean covers(ObjectKey key) {
      return key.type().equals(type) && namespace.stream().allMatch(key.namespace()::equals);
    }
  }

  /** A running watch; {@link #stop} ends it. */
  final class Watch {
    private final Scope scope;
    private final Consumer<ObjectNode> sink;

    private Watch(Scope scope, Consumer<ObjectNode> sink) {
      this.scope = scope;
      this.sink = sink;
    }

    void stop() {
      synchronized (ObjectStore.this) {
        watches.remove(this);
      }
    }

    private void offer(Change change) {
      if (scope.covers(change.key())) {
        change.seenThrough(scope.selector()).ifPresent(sink);
      }
    }
  }

  synchronized Optional<ObjectNode> get(ObjectKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  synchronized Snapshot snapshot(Scope scope) {
    TreeMap<ObjectKey, ObjectNode> found = new TreeMap<>(objects);
    found.keySet().removeIf(key -> !scope.covers(key));
    return new Snapshot(version, found);
  }

  /** As it was then; nothing when the changes since then are no longer known. */
  synchronized Optional<Snapshot> snapshot(Scope scope, long then) {
    if (isForgotten(then)) {
      return Optional.empty();
    }
    NavigableMap<ObjectKey, ObjectNode> found = snapshot(scope).objects();
    Iterator<Change> latestFirst = history.descendingIterator();
    while (latestFirst.hasNext()) {
      Change change = latestFirst.next();
      if (change.version() <= then) {
        break;
      }
      if (scope.covers(change.key())) {
        change
            .before()
            .ifPresentOrElse(old -> found.put(change.key(), old), () -> found.remove(change.key()));
      }
    }
    return Optional.of(new Snapshot(then, found));
  }

  /** Keeps the object under the next version and tells the watches. */
  synchronized ObjectNode put(ObjectKey key, ObjectNode object) {
    version++;
    ObjectNode stored = object.deepCopy();
    Json.child(stored, "metadata").put("resourceVersion", Long.toString(version));
    Optional<ObjectNode> before = Optional.ofNullable(objects.put(key, stored));
    publish(new Change(version, key, before, Optional.of(stored)));
    return stored;
  }

  synchronized void remove(ObjectKey key) {
    ObjectNode removed = objects.remove(key);
    if (removed == null) {
      return;
    }
    version++;
    publish(new Change(version, key, Optional.of(removed), Optional.empty()));
  }

  /**
   * Starts a watch. The sink is called in the order of the changes, on the thread that makes the
   * change: it must not block.
   *
   * @param since changes after this version; 0 means: what there is, then every change
   * @return nothing when the changes since then are no longer known (HTTP 410)
   */
  synchronized Optional<Watch> watch(Scope scope, long since, Consumer<ObjectNode> sink) {
    Watch watch = new Watch(scope, sink);
    if (since == 0) {
      snapshot(scope).objects().values().stream()
          .filter(scope.selector()::matches)
          .forEach(object -> sink.accept(Change.event("ADDED", object)));
    } else if (isForgotten(since)) {
      return Optional.empty();
    } else {
      history.stream().filter(change -> change.version() > since).forEach(watch::offer);
    }
    watches.add(watch);
    return Optional.of(watch);
  }

  /**
   * Forgets the changes so far, as etcd does when it is compacted, and tells every watch that it
   * has fallen behind: whoever watches has to list anew.
   */
  synchronized void forgetHistory(ObjectNode expired) {
    history.clear();
    forgotten = version;
    List.copyOf(watches).forEach(watch -> watch.sink.accept(expired));
    watches.clear();
  }

  synchronized long version() {
    return version;
  }

  private boolean isForgotten(long since) {
    return since < forgotten;
  }

  private void publish(Change change) {
    history.addLast(change);
    if (history.size() > HISTORY) {
      forgotten = history.removeFirst().version();
    }
    List.copyOf(watches).forEach(watch -> watch.offer(change));
  }
}
