package io.pidcheck.probe.proc;

import io.pidcheck.probe.report.ThreadNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts the thread names of one process. A process with very many threads is sampled: opening one
 * file for each of 20,000 threads would take longer than everything else together.
 */
public final class ThreadSurvey {

  /** Listing a thread takes 4 us, so the list of a bad process's threads is not read to its end. */
  static final int MAX_LISTED = 2048;

  /** Reading a name takes 20 us. Of 256 a share is known to within 6 of 100 (95 times of 100). */
  static final int MAX_READ = 256;

  static final int MAX_NAMES = 12;

  private final Map<String, Tally> tallies = new HashMap<>();
  private long counted;

  private static final class Tally {
    final String name;
    final Set<String> firstNumbers = new HashSet<>();
    long threads;

    Tally(String name) {
      this.name = name;
    }
  }

  private static final class MostThreads implements Comparator<Tally> {
    @Override
    public int compare(Tally a, Tally b) {
      int byThreads = Long.compare(b.threads, a.threads);
      return byThreads != 0 ? byThreads : a.name.compareTo(b.name);
    }
  }

  private ThreadSurvey() {}

  /** Of all threads, or of an even sample of them, or of the {@value #MAX_LISTED} oldest. */
  public static ThreadNames of(ProcFs proc, ProcessStat stat) {
    int pid = stat.pid();
    String[] ids = proc.oldestThreads(stat, MAX_LISTED);
    ThreadSurvey survey = new ThreadSurvey();
    int n = Math.min(ids.length, MAX_READ);
    for (int i = 0; i < n; i++) {
      Optional<String> name = proc.threadName(pid, ids[(int) ((long) i * ids.length / n)]);
      if (name.isPresent()) {
        survey.add(name.get());
      }
    }
    return survey.result(pid);
  }

  private void add(String name) {
    counted++;
    String folded = foldDigits(name);
    Tally tally = tallies.get(folded);
    if (tally == null) {
      tally = new Tally(folded);
      tallies.put(folded, tally);
    }
    tally.threads++;
    String number = firstNumber(name);
    if (!number.isEmpty()) {
      tally.firstNumbers.add(number);
    }
  }

  private ThreadNames result(int pid) {
    List<Tally> sorted = new ArrayList<>(tallies.values());
    Collections.sort(sorted, new MostThreads());
    List<ThreadNames.Name> names = new ArrayList<>();
    long other = counted;
    for (int i = 0; i < Math.min(sorted.size(), MAX_NAMES); i++) {
      Tally tally = sorted.get(i);
      names.add(new ThreadNames.Name(tally.name, tally.threads, tally.firstNumbers.size()));
      other -= tally.threads;
    }
    return new ThreadNames(pid, counted, names, other);
  }

  /** {@code pool-12-thread-3} becomes {@code pool-#-thread-#}. */
  static String foldDigits(String name) {
    StringBuilder folded = new StringBuilder(name.length());
    boolean inNumber = false;
    for (int i = 0; i < name.length(); i++) {
      boolean digit = isDigit(name.charAt(i));
      if (!digit) {
        folded.append(name.charAt(i));
      } else if (!inNumber) {
        folded.append('#');
      }
      inNumber = digit;
    }
    return folded.toString();
  }

  static String firstNumber(String name) {
    int from = 0;
    while (from < name.length() && !isDigit(name.charAt(from))) {
      from++;
    }
    int to = from;
    while (to < name.length() && isDigit(name.charAt(to))) {
      to++;
    }
    return name.substring(from, to);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
