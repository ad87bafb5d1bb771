package io.pidcheck.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What /proc says of a process that a test has started. */
final class Pids {

  private Pids() {}

  static String bootId() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
  }

  /** proc_pid_stat(5), field 22. */
  static long startTicks(long pid) throws IOException {
    return Long.parseLong(afterName(pid)[22 - 3]);
  }

  static char state(long pid) throws IOException {
    return afterName(pid)[0].charAt(0);
  }

  static boolean exists(long pid) {
    return Files.exists(Path.of("/proc/" + pid));
  }

  static boolean root() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  /** {@code --target} for a process as it is now. */
  static String target(long pid) throws IOException {
    return "--target=" + pid + ":" + startTicks(pid);
  }

  private static String[] afterName(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
  }

  /** The names of its threads. */
  static List<String> threads(long pid) throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return tasks.map(Pids::name).toList();
    }
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip();
    } catch (IOException e) {
      return "ended";
    }
  }

  /**
   * Living and dead children are listed, proc_pid_task(5); those that were waited for have left
   * their page faults, proc_pid_stat(5), field 11.
   */
  static boolean hadChildren(long pid) throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      for (Path task : tasks.toList()) {
        if (!Files.readString(task.resolve("children")).isBlank()) {
          return true;
        }
      }
    }
    return Long.parseLong(afterName(pid)[11 - 3]) > 0;
  }
}
