package io.pidcheck.bot;

import io.pidcheck.bot.Tour.Part;
import io.pidcheck.bot.rig.DeployedRule;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What each of the bot's rights carries. */
final class RightsTable {

  /** All that comes of the probe's report. */
  private static final Set<Part> A_CHECK =
      EnumSet.of(
          Part.CHECK,
          Part.WHOLE_REPORT,
          Part.POD_NAMES,
          Part.WORKLOAD,
          Part.EVENTS,
          Part.DELETES_POD,
          Part.RECORD);

  private static final Map<String, Set<Part>> CARRIED =
      Map.ofEntries(
          Map.entry("Role pidcheck: jobs", A_CHECK),
          Map.entry("Role pidcheck: leases", with(A_CHECK, Part.LEADS, Part.REMEMBERS)),
          Map.entry("Role pidcheck: configmaps", Set.of(Part.REMEMBERS)),
          Map.entry("Role pidcheck: pods/log", Set.of(Part.WHOLE_REPORT)),
          Map.entry(
              "ClusterRole pidcheck: nodes",
              with(A_CHECK, Part.OVERVIEW, Part.NODE_FIGURES, Part.CONTAINER_FIGURES)),
          Map.entry("ClusterRole pidcheck: nodes/stats", Set.of(Part.NODE_FIGURES)),
          Map.entry("ClusterRole pidcheck: nodes/metrics", Set.of(Part.CONTAINER_FIGURES)),
          Map.entry(
              "ClusterRole pidcheck: pods", with(A_CHECK, Part.REMEMBERS, Part.CONTAINER_FIGURES)),
          Map.entry("ClusterRole pidcheck: events", Set.of(Part.EVENTS, Part.RECORD)),
          Map.entry("ClusterRole pidcheck: pods delete", Set.of(Part.DELETES_POD)),
          Map.entry("ClusterRole pidcheck: replicasets", Set.of(Part.WORKLOAD)),
          Map.entry("Role pidcheck-record: events", Set.of(Part.RECORD)));

  private RightsTable() {}

  static Set<String> rules() {
    return CARRIED.keySet();
  }

  /** What a person misses without this rule. */
  static Set<Part> carriedBy(DeployedRule rule) {
    return Objects.requireNonNull(CARRIED.get(rule.name()), rule.name() + " is in no table");
  }

  private static Set<Part> with(Collection<Part> some, Part... more) {
    Set<Part> all = EnumSet.copyOf(some);
    all.addAll(Set.of(more));
    return all;
  }
}
