package io.pidcheck.bot.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Cases in folders: {@code in-*} are read, {@code out-*} are what must come out. {@code
 * -Dgolden.update} rewrites those.
 */
public record GoldenFiles(Path root) {

  private static final boolean UPDATE = System.getProperty("golden.update") != null;

  public List<Path> cases() {
    try (Stream<Path> folders = Files.list(root)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String read(Path folder, String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void compare(Path folder, String name, String actual) {
    Path file = folder.resolve(name);
    try {
      if (UPDATE) {
        Files.writeString(file, actual);
      }
      assertThat(file).exists();
      assertThat(actual).as(file.toString()).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing is missing, and nothing lies about that no test reads. */
  public void holdsExactly(Path folder, Set<String> names) {
    try (Stream<Path> files = Files.list(folder)) {
      Set<String> found =
          files
              .map(file -> file.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(found).as(folder.toString()).isEqualTo(new TreeSet<>(names));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
