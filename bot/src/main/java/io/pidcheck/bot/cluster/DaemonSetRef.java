package io.pidcheck.bot.cluster;

import java.util.Optional;

/**
 * A DaemonSet to watch, by its pods.
 *
 * @param namespace empty for every namespace
 * @param label key of the pods' label
 * @param value value of the pods' label
 * @param container the one whose restarts count
 */
public record DaemonSetRef(
    Optional<String> namespace, String label, String value, String container) {

  /** How it is called in messages and in what is kept. */
  public String name() {
    return container;
  }
}
