package io.pidcheck.bot.local.cluster.kubelet;

import java.util.Comparator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Stands in for mounts: as a container here sees the machine's own file system, the paths that it
 * is told (in its arguments and environment) are rewritten to where the thing really is. With
 * hostPath /sys/fs/cgroup mounted at /host/cgroup, {@code --cgroup=/host/cgroup/pids} becomes
 * {@code --cgroup=/sys/fs/cgroup/pids}. A path that a program has built in is not rewritten.
 */
final class PathTranslation {
  private final Map<String, String> places;
  private final Pattern mentioned;

  /**
   * @param places from the path in the container to the path on this machine
   */
  PathTranslation(Map<String, String> places) {
    this.places = Map.copyOf(places);
    String any =
        places.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    // whole path components only: /host is not in /hostile, nor in /a/host
    mentioned = Pattern.compile("(?<![\\w./-])(" + any + ")(?![\\w.-])");
  }

  String translate(String text) {
    if (places.isEmpty()) {
      return text;
    }
    return mentioned
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(place(found.group(1))));
  }

  private String place(String path) {
    return places.getOrDefault(path, path);
  }
}
