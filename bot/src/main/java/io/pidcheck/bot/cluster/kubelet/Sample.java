package io.pidcheck.bot.cluster.kubelet;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of the Prometheus text format: {@code name{label="value",...} 12 1606230000000}.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
 *     formats</a>
 */
record Sample(String name, Map<String, String> labels, double value, Optional<Instant> at) {

  /** Empty for a line that is not one. */
  static Optional<Sample> parse(String line) {
    int open = line.indexOf('{');
    if (open <= 0) {
      return Optional.empty();
    }
    Map<String, String> labels = new HashMap<>();
    int at = open + 1;
    while (at < line.length() && line.charAt(at) != '}') {
      int equals = line.indexOf("=\"", at);
      if (equals < 0) {
        return Optional.empty();
      }
      StringBuilder value = new StringBuilder();
      int end = unquote(line, equals + 2, value);
      if (end >= line.length()) {
        return Optional.empty();
      }
      labels.put(line.substring(at, equals).strip(), value.toString());
      at = line.charAt(end) == ',' ? end + 1 : end;
    }
    return at < line.length()
        ? figures(line.substring(at + 1).strip()).map(it -> it.of(line.substring(0, open), labels))
        : Optional.empty();
  }

  String label(String label) {
    return labels.getOrDefault(label, "");
  }

  /** Writes the value, and returns where the text goes on after its closing quote. */
  private static int unquote(String line, int from, StringBuilder value) {
    int at = from;
    while (at < line.length() && line.charAt(at) != '"') {
      char character = line.charAt(at);
      if (character == '\\' && at + 1 < line.length()) {
        at++;
        character = line.charAt(at) == 'n' ? '\n' : line.charAt(at);
      }
      value.append(character);
      at++;
    }
    return at + 1;
  }

  private record Figures(double value, Optional<Instant> at) {

    Sample of(String name, Map<String, String> labels) {
      return new Sample(name, labels, value, at);
    }
  }

  private static Optional<Figures> figures(String text) {
    String[] words = text.split(" +", 2);
    try {
      double value = Double.parseDouble(words[0]);
      return Optional.of(
          new Figures(
              value,
              words.length < 2
                  ? Optional.empty()
                  : Optional.of(Instant.ofEpochMilli(Long.parseLong(words[1].strip())))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
