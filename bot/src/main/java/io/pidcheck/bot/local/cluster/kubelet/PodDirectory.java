package io.pidcheck.bot.local.cluster.kubelet;

import io.pidcheck.bot.local.cluster.file.PrivateFiles;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A pod's private directory: termination messages, emptyDirs, the working directory. */
final class PodDirectory {
  // https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/
  private static final int MESSAGE_BYTES = 4096;

  private final Path path;

  private PodDirectory(Path path) {
    this.path = path;
  }

  static PodDirectory create(Path parent, String podUid) throws IOException {
    return new PodDirectory(Files.createDirectory(parent.resolve(podUid)));
  }

  Path work() {
    return path;
  }

  Path emptyDir(String volume) throws IOException {
    return Files.createDirectories(path.resolve("volumes").resolve(volume));
  }

  /** An empty file for that container's termination message, as the real kubelet makes it. */
  Path terminationLog(String container) throws IOException {
    Path directory = Files.createDirectories(path.resolve("termination"));
    Path log = directory.resolve(container);
    Files.writeString(log, "");
    return log;
  }

  /** The last 4096 bytes of that file; empty when it is gone. */
  static String terminationMessage(Path log) {
    try (FileChannel channel = FileChannel.open(log)) {
      channel.position(Math.max(0, channel.size() - MESSAGE_BYTES));
      byte[] end = Channels.newInputStream(channel).readNBytes(MESSAGE_BYTES);
      return new String(end, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  void delete() {
    PrivateFiles.deleteTree(path);
  }
}
