package io.pidcheck.bot.watch;

import io.pidcheck.bot.cluster.ClusterException;
import io.pidcheck.bot.cluster.Ledger;
import io.pidcheck.bot.incident.IncidentJson;
import io.pidcheck.bot.incident.NodeEntry;
import io.pidcheck.bot.incident.Storm;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leader's view of the ledger. Every change is in the cluster before it is here, so nothing is
 * told that would be forgotten. When another has written meanwhile, or the cluster cannot be
 * reached, all of it is dropped and read again.
 */
final class Remembered {

  private static final Logger LOG = LoggerFactory.getLogger(Remembered.class);
  // Kubernetes: no node's name contains an underscore
  private static final String STORM = "_storm";
  private static final String SINCE = "_since.";

  private final Ledger ledger;
  private final Map<String, NodeEntry> entries = new HashMap<>();
  private final Map<String, Instant> since = new HashMap<>();
  private Optional<Storm> storm = Optional.empty();
  private boolean loaded;

  Remembered(Ledger ledger) {
    this.ledger = ledger;
  }

  synchronized boolean loaded() {
    return loaded;
  }

  synchronized void forget() {
    loaded = false;
    entries.clear();
    since.clear();
    storm = Optional.empty();
  }

  /**
   * @throws ClusterException when the API server cannot be asked
   */
  synchronized void load() {
    forget();
    ledger.read().forEach(this::take);
    loaded = true;
  }

  private void take(String key, String text) {
    if (key.equals(STORM)) {
      storm = IncidentJson.storm(text);
    } else if (key.startsWith(SINCE)) {
      instant(text).ifPresent(at -> since.put(key.substring(SINCE.length()), at));
    } else {
      entries.put(key, IncidentJson.entry(text).orElse(NodeEntry.NEW));
    }
  }

  synchronized NodeEntry entry(String node) {
    return entries.getOrDefault(node, NodeEntry.NEW);
  }

  synchronized Map<String, NodeEntry> entries() {
    return Map.copyOf(entries);
  }

  synchronized Optional<Storm> storm() {
    return storm;
  }

  /** When that DaemonSet began to be watched; written down the first time it is asked. */
  synchronized Instant since(String set, Instant now) {
    Instant known = since.get(set);
    if (known != null) {
      return known;
    }
    if (write(Map.of(SINCE + set, Optional.of(now.toString())))) {
      since.put(set, now);
    }
    return now;
  }

  synchronized boolean storm(Optional<Storm> now) {
    boolean written = write(Map.of(STORM, now.map(IncidentJson::write)));
    if (written) {
      storm = now;
    }
    return written;
  }

  boolean change(String node, UnaryOperator<NodeEntry> change) {
    return change(Map.of(node, change));
  }

  /**
   * Changes what is remembered of these nodes, in the cluster and then here.
   *
   * @return false when it could not be written: nothing that depends on it may be done
   */
  synchronized boolean change(Map<String, UnaryOperator<NodeEntry>> changes) {
    if (!loaded) {
      return false;
    }
    Map<String, NodeEntry> changed = new TreeMap<>();
    changes.forEach(
        (node, change) -> {
          NodeEntry now = change.apply(entry(node));
          if (!now.equals(entries.get(node))) {
            changed.put(node, now);
          }
        });
    Map<String, Optional<String>> texts = new TreeMap<>();
    changed.forEach(
        (node, entry) ->
            texts.put(
                node,
                entry.equals(NodeEntry.NEW)
                    ? Optional.empty()
                    : Optional.of(IncidentJson.write(entry))));
    if (!texts.isEmpty() && !write(texts)) {
      return false;
    }
    changed.forEach(
        (node, entry) -> {
          if (entry.equals(NodeEntry.NEW)) {
            entries.remove(node);
          } else {
            entries.put(node, entry);
          }
        });
    return true;
  }

  private boolean write(Map<String, Optional<String>> texts) {
    try {
      if (ledger.write(texts)) {
        return true;
      }
      LOG.atInfo().log("another replica has written: reading again what is remembered");
    } catch (ClusterException e) {
      LOG.atWarn().log("not written: {}", e.getMessage());
    }
    forget();
    return false;
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
