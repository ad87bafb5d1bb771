package io.pidcheck.probe.remedy;

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
      case ENOSYS -> "ENOSYS, which needs Linux 5.3";
      default -> "errno " + errno;
    };
  }
}
