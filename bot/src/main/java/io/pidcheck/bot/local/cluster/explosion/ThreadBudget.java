package io.pidcheck.bot.local.cluster.explosion;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many threads may still be started without harm to this machine.
 *
 * @param pidMax kernel.pid_max: each thread takes an id
 * @param inUse threads that exist
 */
record ThreadBudget(long pidMax, long inUse) {
  /** Ids left to everyone else. */
  static final int MARGIN = 1000;

  // proc(5), loadavg: "runnable/existing" scheduling entities is the fourth field
  private static final Pattern EXISTING = Pattern.compile("(?:\\S+ ){3}\\d+/(\\d+) .*");

  /** Empty where /proc does not say. */
  static Optional<ThreadBudget> ofThisMachine(Path proc) {
    try {
      String pidMax = firstLine(proc.resolve("sys/kernel/pid_max"));
      Matcher load = EXISTING.matcher(firstLine(proc.resolve("loadavg")));
      return load.matches()
          ? Optional.of(new ThreadBudget(Long.parseLong(pidMax), Long.parseLong(load.group(1))))
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * In one read: a number under /proc/sys is at its end after the first (proc_dointvec in
   * kernel/sysctl.c), and Files.readString starts with a single byte where the size is 0.
   */
  private static String firstLine(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      return Optional.ofNullable(reader.readLine()).orElse("").strip();
    }
  }

  long available() {
    return Math.max(0, pidMax - inUse - MARGIN);
  }
}
