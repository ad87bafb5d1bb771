package io.pidcheck.bot.watch;

import io.pidcheck.bot.cluster.DaemonSetRef;
import io.pidcheck.bot.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is watched, and where it is told.
 *
 * @param channel Slack channel id; empty: nothing is watched
 * @param routes the first whose label the node has names another channel
 * @param mention id of the user group that is called when it is critical
 * @param quiet when warnings wait
 * @param calm how long all must be well before an incident ends
 * @param stormFrom so many incidents at a time get messages of their own; more become a summary
 */
public record WatchSettings(
    Optional<String> channel,
    List<Route> routes,
    Optional<String> mention,
    Optional<QuietHours> quiet,
    List<DaemonSetRef> sets,
    Duration calm,
    int stormFrom,
    Locale language) {

  /** Nodes with this label are told of in that channel. */
  public record Route(String label, String value, String channel) {}

  public WatchSettings {
    routes = List.copyOf(routes);
    sets = List.copyOf(sets);
  }

  /** A warning in the quiet hours: it waits until they are over. */
  boolean holdsBack(Incident incident, Instant now) {
    return quiet.filter(hours -> hours.at(now)).isPresent()
        && !incident.critical()
        && !incident.unexplained();
  }

  /** The channel for a node with these labels. */
  String channelFor(Map<String, String> labels) {
    return routes.stream()
        .filter(route -> route.value().equals(labels.get(route.label())))
        .findFirst()
        .map(Route::channel)
        .orElseGet(channel::orElseThrow);
  }
}
