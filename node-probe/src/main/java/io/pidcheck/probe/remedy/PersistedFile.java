package io.pidcheck.probe.remedy;

import io.pidcheck.probe.report.Reason;
import io.pidcheck.probe.report.Reason.Why;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The file that keeps pid_max over a reboot, sysctl.d(5). It is one of ours only as long as it is
 * byte for byte what {@link #content} makes; what somebody else wrote or changed is left alone.
 */
final class PersistedFile {

  static final String NAME = "99-pidcheck.conf";

  private static final String HEAD =
      "# Written by pidcheck. Without this file the next boot has the system's own values.\n";
  private static final String PID_MAX = "kernel.pid_max = ";
  private static final String THREADS_MAX = "kernel.threads-max = ";
  private static final int MOST_BYTES = 4096;

  private final Path path;

  PersistedFile(Path directory) {
    path = directory.resolve(NAME);
  }

  Path path() {
    return path;
  }

  static String content(long pidMax, OptionalLong threadsMax) {
    String content = HEAD + PID_MAX + pidMax + "\n";
    return threadsMax.isPresent() ? content + THREADS_MAX + threadsMax.getAsLong() + "\n" : content;
  }

  boolean exists() {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether it is there, and as this program writes it. */
  boolean ours() {
    String now = read();
    if (!now.startsWith(HEAD)) {
      return false;
    }
    OptionalLong pidMax = value(now, PID_MAX);
    return pidMax.isPresent() && now.equals(content(pidMax.getAsLong(), value(now, THREADS_MAX)));
  }

  boolean says(String content) {
    return read().equals(content);
  }

  /** Why it could not be written, if so. Whoever reads it meanwhile sees the old or the new. */
  Optional<Reason> write(String content) {
    if (exists() && !ours()) {
      return Optional.of(Reason.of(Why.NOT_OUR_FILE, NAME));
    }
    Path temporary = path.resolveSibling("." + NAME + ".new");
    try {
      Files.deleteIfExists(temporary);
      Files.createFile(
          temporary,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
      Files.write(
          temporary,
          content.getBytes(StandardCharsets.US_ASCII),
          StandardOpenOption.WRITE,
          StandardOpenOption.SYNC);
      Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(why(e));
    }
  }

  /** Why it could not be removed, if so. One that is not there is removed. */
  Optional<Reason> remove() {
    if (exists() && !ours()) {
      return Optional.of(Reason.of(Why.NOT_OUR_FILE, NAME));
    }
    try {
      Files.deleteIfExists(path);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(why(e));
    }
  }

  private String read() {
    try {
      boolean small =
          Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) <= MOST_BYTES;
      return small ? Files.readString(path, StandardCharsets.ISO_8859_1) : "";
    } catch (IOException e) {
      return "";
    }
  }

  private static OptionalLong value(String content, String name) {
    int at = content.indexOf("\n" + name);
    if (at < 0) {
      return OptionalLong.empty();
    }
    int from = at + 1 + name.length();
    int end = content.indexOf('\n', from);
    return end < 0 ? OptionalLong.empty() : Setting.number(content.substring(from, end));
  }

  private static Reason why(IOException e) {
    return Reason.of(Why.NOT_WRITTEN, NAME, Errno.name(e));
  }
}
