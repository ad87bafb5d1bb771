package io.pidcheck.bot.check;

import java.util.Comparator;
import java.util.List;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Which names somebody may have meant. */
final class NearestNames {

  private static final int SUGGESTED = 3;

  private NearestNames() {}

  /** At most three, the nearest first; none where nothing is near. */
  static List<String> of(String typed, List<String> names) {
    record Near(String name, int distance) {}
    int most = Math.max(2, typed.length() / 3);
    LevenshteinDistance levenshtein = new LevenshteinDistance(most);
    return names.stream()
        .map(name -> new Near(name, distance(levenshtein, typed, name)))
        .filter(near -> near.distance() >= 0)
        .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .limit(SUGGESTED)
        .map(Near::name)
        .toList();
  }

  // A part of the name is how people call a node: worker02 for k8s-worker02.example.com.
  private static int distance(LevenshteinDistance levenshtein, String typed, String name) {
    return name.contains(typed) ? 0 : levenshtein.apply(typed, name);
  }
}
