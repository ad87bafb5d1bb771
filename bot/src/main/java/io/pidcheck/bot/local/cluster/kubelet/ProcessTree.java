package io.pidcheck.bot.local.cluster.kubelet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

  private ProcessTree() {}

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
      return all.filter(process -> carries(process, cookie))
          .peek(ProcessHandle::destroyForcibly)
          .count();
    }
  }

  private static boolean carries(ProcessHandle process, String cookie) {
    Path environ = Path.of("/proc", Long.toString(process.pid()), "environ");
    try {
      String variables = new String(Files.readAllBytes(environ), StandardCharsets.ISO_8859_1);
      return ("\0" + variables).contains("\0" + COOKIE + "=" + cookie + "\0");
    } catch (IOException e) {
      return false; // gone, or another user's: not ours either way
    }
  }
}
