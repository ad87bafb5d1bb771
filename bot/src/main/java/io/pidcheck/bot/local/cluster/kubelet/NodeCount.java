package io.pidcheck.bot.local.cluster.kubelet;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many tasks this machine has and may have, counted as the real kubelet does (Kubernetes:
 * pkg/kubelet/stats/pidlimit/pidlimit_linux.go).
 *
 * @param maxPid the smaller of kernel.pid_max and kernel.threads-max
 */
record NodeCount(long maxPid, long tasks) {

  // proc(5), loadavg: "runnable/existing" scheduling entities is the fourth field
  private static final Pattern EXISTING = Pattern.compile("(?:\\S+ ){3}\\d+/(\\d+) .*");

  static NodeCount read(Path proc) throws IOException {
    long pidMax = Long.parseLong(firstLine(proc.resolve("sys/kernel/pid_max")));
    long threadsMax = Long.parseLong(firstLine(proc.resolve("sys/kernel/threads-max")));
    Matcher load = EXISTING.matcher(firstLine(proc.resolve("loadavg")));
    if (!load.matches()) {
      throw new IOException("no count of tasks in loadavg");
    }
    return new NodeCount(Math.min(pidMax, threadsMax), Long.parseLong(load.group(1)));
  }

  private static String firstLine(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String line = reader.readLine();
      return line == null ? "" : line.strip();
    }
  }
}
