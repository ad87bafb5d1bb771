package io.pidcheck.bot.local.cluster.kubelet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A container's processes: those that inherited its cookie, wherever they were reparented to. A
 * container runtime knows them by their cgroup; here a mark in the environment does (proc(5),
 * {@code /proc/pid/environ}). A process that clears its environment gets away.
 */
final class ProcessTree {
  static final String COOKIE = "PIDCHECK_LOCAL_CONTAINER";

  private static final int ROUNDS = 100;
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final String THREADS = "Threads:";

  private ProcessTree() {}

  /** How many there are. */
  record Count(long processes, long threads) {
    static final Count NONE = new Count(0, 0);

    Count and(long moreThreads) {
      return new Count(processes + 1, threads + moreThreads);
    }
  }

  /** Counts what carries any cookie, by cookie, in one round over /proc. */
  static Map<String, Count> census() {
    Map<String, Count> counts = new HashMap<>();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      all.forEach(
          process ->
              cookie(process)
                  .ifPresent(
                      cookie ->
                          counts.merge(
                              cookie,
                              Count.NONE.and(threads(process)),
                              (count, one) -> count.and(one.threads()))));
    }
    return counts;
  }

  /**
   * Kills all that carry this cookie, and looks again until there are none: one may have forked
   * meanwhile. Gives up after a second, as on a process stuck in the kernel.
   */
  static void kill(String cookie) {
    try {
      for (int round = 0; round < ROUNDS && killOnce(cookie) > 0; round++) {
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long killOnce(String cookie) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> cookie(process).filter(cookie::equals).isPresent())
          .peek(ProcessHandle::destroyForcibly)
          .count();
    }
  }

  private static Optional<String> cookie(ProcessHandle process) {
    try {
      byte[] environ = Files.readAllBytes(proc(process, "environ"));
      String variables = new String(environ, StandardCharsets.ISO_8859_1);
      return Stream.of(variables.split("\0"))
          .filter(variable -> variable.startsWith(COOKIE + "="))
          .map(variable -> variable.substring(COOKIE.length() + 1))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty(); // gone, or another user's: not ours either way
    }
  }

  private static long threads(ProcessHandle process) {
    try {
      List<String> status =
          Files.readAllLines(proc(process, "status"), StandardCharsets.ISO_8859_1);
      return status.stream()
          .filter(line -> line.startsWith(THREADS))
          .mapToLong(line -> Long.parseLong(line.substring(THREADS.length()).strip()))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0; // gone meanwhile
    }
  }

  private static Path proc(ProcessHandle process, String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }
}
