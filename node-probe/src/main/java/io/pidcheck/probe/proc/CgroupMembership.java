package io.pidcheck.probe.proc;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** /proc/pid/cgroup, cgroups(7): one line {@code id:controllers:path} for each hierarchy. */
final class CgroupMembership {

  private static final String CONTROLLER = "pids";

  private CgroupMembership() {}

  /** The path in the v1 hierarchy of the pids controller, else in the unified one ({@code 0::}). */
  static Optional<String> parse(byte[] bytes, int length) {
    String unified = null;
    for (int line = 0; line < length; ) {
      int end = Ascii.endOfLine(bytes, line, length);
      int controllers = after(bytes, line, end, ':');
      int path = after(bytes, controllers, end, ':');
      if (path <= end && path > controllers) {
        if (controllers == path - 1 && bytes[line] == '0') {
          unified = text(bytes, path, end);
        } else if (lists(bytes, controllers, path - 1)) {
          return Optional.of(text(bytes, path, end));
        }
      }
      line = end + 1;
    }
    return Optional.ofNullable(unified);
  }

  private static boolean lists(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at = after(bytes, at, to, ',')) {
      int end = at + CONTROLLER.length();
      if (Ascii.startsWith(bytes, at, to, CONTROLLER) && (end == to || bytes[end] == ',')) {
        return true;
      }
    }
    return false;
  }

  private static int after(byte[] bytes, int from, int to, char c) {
    int i = from;
    while (i < to && bytes[i] != c) {
      i++;
    }
    return i + 1;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
