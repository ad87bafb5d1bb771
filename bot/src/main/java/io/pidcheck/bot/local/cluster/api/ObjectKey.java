package io.pidcheck.bot.local.cluster.api;

import java.util.Comparator;

/**
 * Where an object is kept.
 *
 * @param namespace empty for cluster-scoped kinds
 */
record ObjectKey(ResourceType type, String namespace, String name)
    implements Comparable<ObjectKey> {
  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::type)
          .thenComparing(ObjectKey::namespace)
          .thenComparing(ObjectKey::name);

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }
}
