package io.pidcheck.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A node's files from src/test/resources/nodes/<case>, laid out for one test. Threads are written
 * down in tasks.txt, {@code <pid> <first tid> <how many> <name>}, and made here: they would be
 * thousands of files. A {@code %} in a name is the thread's number.
 */
record NodeFixture(Path root) {

  static final Path CASES = Path.of("src/test/resources/nodes");

  static NodeFixture layOut(String name, Path into) throws IOException {
    Path source = CASES.resolve(name);
    try (Stream<Path> files = Files.walk(source)) {
      files.forEach(file -> copy(file, into.resolve(source.relativize(file).toString())));
    }
    Path tasks = source.resolve("tasks.txt");
    if (Files.exists(tasks)) {
      for (String line : Files.readAllLines(tasks)) {
        makeTasks(into, line.split(" ", 4));
      }
    }
    return new NodeFixture(into);
  }

  Path proc() {
    return root.resolve("proc");
  }

  Path cgroup() {
    return root.resolve("cgroup");
  }

  /** With no cgroup namespace of the test's own in sight. */
  Inspection inspection() {
    Arguments.Inspect arguments =
        new Arguments.Inspect(
            proc(), cgroup(), Optional.empty(), 20, Duration.ofMillis(1), Optional.empty());
    return new Inspection(arguments, root.resolve("no-namespace"), false);
  }

  static List<String> names() throws IOException {
    try (Stream<Path> cases = Files.list(CASES)) {
      return cases.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static void makeTasks(Path into, String[] fields) throws IOException {
    Path tasks = into.resolve("proc").resolve(fields[0]).resolve("task");
    int first = Integer.parseInt(fields[1]);
    for (int i = 0; i < Integer.parseInt(fields[2]); i++) {
      Path task = Files.createDirectories(tasks.resolve(Integer.toString(first + i)));
      String name = fields[3].replace("%", Integer.toString(i + 1));
      Files.writeString(task.resolve("comm"), name + "\n");
    }
  }

  private static void copy(Path from, Path to) {
    try {
      if (Files.isDirectory(from)) {
        Files.createDirectories(to);
      } else if (!from.getFileName().toString().equals(".keep")) {
        Files.copy(from, to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
