package io.pidcheck.probe.proc;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The entries of a kernel directory, in the kernel's order. */
final class Listing {

  private Listing() {}

  /**
   * All names. {@link File#list} costs a tenth of the first use of a directory stream.
   *
   * @throws IOException says why there is no list
   */
  static String[] all(String path) throws IOException {
    String[] names = new File(path).list();
    if (names != null) {
      return names;
    }
    return first(path, Integer.MAX_VALUE);
  }

  /**
   * At most {@code max} names, without reading on: for directories that may be huge.
   *
   * @throws IOException says why there is no list
   */
  static String[] first(String path, int max) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(path))) {
      for (Path entry : entries) {
        if (names.size() == max) {
          break;
        }
        names.add(entry.getFileName().toString());
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names.toArray(new String[0]);
  }

  /** A process or thread id; -1 for the other entries of /proc. */
  static int id(String name) {
    int id = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < '0' || c > '9' || id > 100_000_000) {
        return -1;
      }
      id = id * 10 + (c - '0');
    }
    return id;
  }
}
