package io.pidcheck.probe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Threads and processes added up under names. */
final class Tallies<T> {

  /** One name's sum, and what it stands for. */
  static final class Tally<T> {
    final String name;
    final T subject;
    long threads;
    long processes;

    Tally(String name, T subject) {
      this.name = name;
      this.subject = subject;
    }
  }

  private static final class MostThreads<T> implements Comparator<Tally<T>> {
    @Override
    public int compare(Tally<T> a, Tally<T> b) {
      int byThreads = Long.compare(b.threads, a.threads);
      return byThreads != 0 ? byThreads : a.name.compareTo(b.name);
    }
  }

  private final Map<String, Tally<T>> tallies = new HashMap<>();

  void add(String name, T subject, long threads) {
    Tally<T> tally = tallies.get(name);
    if (tally == null) {
      tally = new Tally<>(name, subject);
      tallies.put(name, tally);
    }
    tally.threads += threads;
    tally.processes++;
  }

  /** The {@code max} with the most threads, the most first. */
  List<Tally<T>> most(int max) {
    List<Tally<T>> sorted = new ArrayList<>(tallies.values());
    Collections.sort(sorted, new MostThreads<T>());
    return sorted.subList(0, Math.min(max, sorted.size()));
  }
}
