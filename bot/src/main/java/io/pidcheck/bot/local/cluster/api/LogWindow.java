package io.pidcheck.bot.local.cluster.api;

import java.util.Arrays;
import java.util.Optional;

/**
 * Which part of a log is asked for: first the last lines, of these the first bytes.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/">Pod
 *     v1, read log</a>
 */
record LogWindow(Optional<Integer> tailLines, Optional<Integer> limitBytes) {

  byte[] of(byte[] log) {
    byte[] tail = tailLines.map(lines -> lastLines(log, lines)).orElse(log);
    return limitBytes
        .filter(limit -> limit < tail.length)
        .map(limit -> Arrays.copyOf(tail, limit))
        .orElse(tail);
  }

  static byte[] lastLines(byte[] log, int lines) {
    if (lines <= 0) {
      return new byte[0];
    }
    int left = lines;
    // the newline that ends the last line is not the end of the one before
    for (int i = log.length - 2; i >= 0; i--) {
      if (log[i] == '\n' && --left == 0) {
        return Arrays.copyOfRange(log, i + 1, log.length);
      }
    }
    return log;
  }
}
