package io.pidcheck.bot.local.cluster.api;

import java.util.Set;

/**
 * One kind of object the server keeps.
 *
 * @param group empty for the core group
 * @param hasStatus whether status is a subresource, which only {@code /status} can change
 * @param fields the fields a fieldSelector may name, beside metadata.name and metadata.namespace
 */
record ResourceType(
    String group,
    String version,
    String plural,
    String kind,
    boolean namespaced,
    boolean hasStatus,
    Set<String> fields)
    implements Comparable<ResourceType> {

  ResourceType {
    fields = Set.copyOf(fields);
  }

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** As in refusals: {@code jobs.batch}, {@code pods}. */
  String qualifiedPlural() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  boolean isSelectable(String field) {
    return field.equals("metadata.name")
        || (namespaced && field.equals("metadata.namespace"))
        || fields.contains(field);
  }

  @Override
  public int compareTo(ResourceType other) {
    return qualifiedPlural().compareTo(other.qualifiedPlural());
  }
}
