package io.pidcheck.probe.remedy;

import io.pidcheck.probe.proc.KernelFile;
import io.pidcheck.probe.report.Reason;
import io.pidcheck.probe.report.Reason.Why;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One kernel setting that is one value in one file: a sysctl, or a cgroup's pids.max.
 *
 * @param what its name in the result
 */
record Setting(String what, Path file) {

  static final String PID_MAX = "pid_max";
  static final String THREADS_MAX = "threads_max";

  /** Of a cgroup without a limit (Linux: Documentation/admin-guide/cgroup-v2.rst, "PID"). */
  static final String NO_LIMIT = "max";

  /** What it says; empty when it cannot be read. */
  String now() {
    KernelFile content = new KernelFile(64);
    return content.read(file.toString()) == KernelFile.Outcome.READ ? content.line().strip() : "";
  }

  /** Why it could not be written, if so. An existing file only, and all of it in one write. */
  Optional<Reason> write(String value) {
    try {
      Files.write(
          file,
          (value + "\n").getBytes(StandardCharsets.US_ASCII),
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(Reason.of(Why.NOT_WRITTEN, what, Errno.name(e)));
    }
  }

  /** Empty for {@link #NO_LIMIT} and what is no number. */
  static OptionalLong number(String value) {
    long number = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < '0' || c > '9' || i == 18) {
        return OptionalLong.empty();
      }
      number = number * 10 + (c - '0');
    }
    return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(number);
  }
}
