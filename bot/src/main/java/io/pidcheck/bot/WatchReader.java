package io.pidcheck.bot;

import io.pidcheck.bot.cluster.DaemonSetRef;
import io.pidcheck.bot.watch.QuietHours;
import io.pidcheck.bot.watch.WatchSettings;
import io.pidcheck.bot.watch.WatchSettings.Route;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings below {@code watch.}: each a line, lists separated by commas. */
final class WatchReader {

  private static final Pattern CHANNEL = Pattern.compile("[CG][A-Z0-9]{2,}");
  private static final Pattern GROUP = Pattern.compile("S[A-Z0-9]{2,}");
  // Kubernetes: [namespace/]label=value[:container]
  private static final Pattern SET =
      Pattern.compile(
          "(?:([a-z0-9][-a-z0-9]*)/)?([A-Za-z0-9][-._A-Za-z0-9/]*)=([-._A-Za-z0-9]+)(?::([a-z0-9][-a-z0-9]*))?");
  private static final Pattern ROUTE =
      Pattern.compile("([A-Za-z0-9][-._A-Za-z0-9/]*)=([-._A-Za-z0-9]*)>([CG][A-Z0-9]{2,})");
  private static final Pattern QUIET =
      Pattern.compile("(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)(?:\\s+(\\S+))?");
  private static final Pattern TIME = Pattern.compile("(\\d{1,6})(s|m|h)");
  private static final Duration MOST_CALM = Duration.ofHours(24);

  private final SettingValues values;
  private final List<String> mistakes;

  WatchReader(SettingValues values, List<String> mistakes) {
    this.values = values;
    this.mistakes = mistakes;
  }

  WatchSettings read() {
    return new WatchSettings(
        optional("watch.channel", CHANNEL, "a channel's id, as C0123ABCD (not its name)"),
        routes(),
        optional("watch.mention", GROUP, "a user group's id, as S0123ABCD"),
        quiet(),
        sets(),
        calm(),
        stormFrom(),
        Locale.forLanguageTag(values.get("language")));
  }

  private Optional<String> optional(String key, Pattern pattern, String right) {
    String value = values.get(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!pattern.matcher(value).matches()) {
      mistakes.add(key + ": must be " + right + ": " + value);
    }
    return Optional.of(value);
  }

  private List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (String item : items("watch.routes")) {
      Matcher route = ROUTE.matcher(item);
      if (route.matches()) {
        routes.add(new Route(route.group(1), route.group(2), route.group(3)));
      } else {
        mistakes.add("watch.routes: must be label=value>channel id: " + item);
      }
    }
    return routes;
  }

  private List<DaemonSetRef> sets() {
    List<DaemonSetRef> sets = new ArrayList<>();
    for (String item : items("watch.daemonSets")) {
      Matcher set = SET.matcher(item);
      if (set.matches()) {
        String container = set.group(4) == null ? set.group(3) : set.group(4);
        sets.add(
            new DaemonSetRef(
                Optional.ofNullable(set.group(1)), set.group(2), set.group(3), container));
      } else {
        mistakes.add("watch.daemonSets: must be [namespace/]label=value[:container]: " + item);
      }
    }
    return sets;
  }

  private Optional<QuietHours> quiet() {
    String value = values.get("watch.quietHours");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Matcher hours = QUIET.matcher(value);
    try {
      if (hours.matches()) {
        String zone = hours.group(3) == null ? "UTC" : hours.group(3);
        return Optional.of(
            new QuietHours(
                LocalTime.parse(hours.group(1)), LocalTime.parse(hours.group(2)), ZoneId.of(zone)));
      }
    } catch (DateTimeException notATime) {
      // said below
    }
    mistakes.add("watch.quietHours: must be as 22:00-07:00 Europe/Berlin: " + value);
    return Optional.empty();
  }

  private Duration calm() {
    String value = values.get("watch.calm");
    Matcher time = TIME.matcher(value);
    if (time.matches()) {
      Duration calm = Duration.parse("PT" + time.group(1) + time.group(2).toUpperCase(Locale.ROOT));
      if (calm.isPositive() && calm.compareTo(MOST_CALM) <= 0) {
        return calm;
      }
    }
    mistakes.add("watch.calm: must be a time such as 5m, 24h at most: " + value);
    return Duration.ofMinutes(5);
  }

  private int stormFrom() {
    String value = values.get("watch.stormFrom");
    if (value.matches("[1-9]\\d{0,3}")) {
      return Integer.parseInt(value);
    }
    mistakes.add("watch.stormFrom: must be a number of nodes: " + value);
    return 1;
  }

  private List<String> items(String key) {
    return Pattern.compile("\\s*,\\s*")
        .splitAsStream(values.get(key).strip())
        .filter(item -> !item.isEmpty())
        .toList();
  }
}
