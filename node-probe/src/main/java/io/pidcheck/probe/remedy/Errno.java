package io.pidcheck.probe.remedy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** errno(3): the few numbers that mean something here; the same on every architecture we run on. */
final class Errno {

  static final int NONE = 0;
  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int ESRCH = 3;
  static final int EINTR = 4;
  static final int EINVAL = 22;
  static final int ENOSYS = 38;

  private Errno() {}

  static String name(int errno) {
    return switch (errno) {
      case EPERM -> "EPERM";
      case ENOENT -> "ENOENT";
      case ESRCH -> "ESRCH";
      case EINTR -> "EINTR";
      case EINVAL -> "EINVAL";
      case ENOSYS -> "ENOSYS";
      default -> "errno " + errno;
    };
  }

  /**
   * The number behind an exception of java.nio.file, which keeps only the C library's words for it,
   * strerror(3); those words where they are of none that is expected.
   */
  static String name(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "ENOENT";
    }
    if (e instanceof AccessDeniedException) {
      return "EACCES";
    }
    String said = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
    if (said == null) {
      return e.getClass().getSimpleName();
    }
    return switch (said) {
      case "Operation not permitted" -> "EPERM";
      case "Invalid argument" -> "EINVAL";
      case "No space left on device" -> "ENOSPC";
      case "Read-only file system" -> "EROFS";
      case "Device or resource busy" -> "EBUSY";
      default -> said;
    };
  }
}
