package io.pidcheck.probe.standby;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;

/**
 * What was said of each order, in a file of its own in the node's log directory. A container's
 * output reaches nobody once the runtime has died, as it does on a node without free PIDs; these
 * the kubelet still gives out (kubelet: /logs/).
 */
final class NodeLog {

  private static final int KEPT = 20;
  private static final String SUFFIX = ".jsonl";
  private static final int UID = 36; // RFC 9562: as text

  private final Path directory;

  NodeLog(Path directory) {
    this.directory = directory;
  }

  /** Best effort: the same is said on the output. */
  void add(Order order, String line) {
    if (!isUid(order.uid())) {
      return;
    }
    Path file = directory.resolve(order.uid() + SUFFIX);
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        forget();
      }
      Files.write(
          file,
          line.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.APPEND,
          LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return; // a full disk, or a directory that somebody took away
    }
  }

  private void forget() throws IOException {
    File[] files = directory.toFile().listFiles((at, name) -> name.endsWith(SUFFIX));
    if (files == null || files.length <= KEPT) {
      return;
    }
    Arrays.sort(files, Comparator.comparingLong(File::lastModified));
    for (int i = 0; i < files.length - KEPT; i++) {
      Files.deleteIfExists(files[i].toPath());
    }
  }

  // it becomes a file's name
  private static boolean isUid(String uid) {
    for (int i = 0; i < uid.length(); i++) {
      char c = uid.charAt(i);
      boolean fits = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '-';
      if (!fits) {
        return false;
      }
    }
    return uid.length() == UID;
  }
}
