package io.pidcheck.probe.remedy;

import io.pidcheck.probe.report.Reason;
import io.pidcheck.probe.report.SysctlResult.Written;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What is to become of the file that keeps the settings over a reboot. */
sealed interface Persisting {

  /** Nothing was said about it. */
  record Untouched() implements Persisting {}

  /** It is to say what the node says now. */
  record Kept(PersistedFile file) implements Persisting {}

  /** It is to be gone. */
  record Forgotten(PersistedFile file) implements Persisting {}

  default Optional<PersistedFile> concerned() {
    return switch (this) {
      case Untouched untouched -> Optional.empty();
      case Kept kept -> Optional.of(kept.file());
      case Forgotten forgotten -> Optional.of(forgotten.file());
    };
  }

  /** Whether there is something to do, with these settings as they are. */
  default boolean due(List<Written> written) {
    return switch (this) {
      case Untouched untouched -> false;
      case Kept kept -> !kept.file().says(content(written));
      case Forgotten forgotten -> forgotten.file().exists();
    };
  }

  /** Why it could not be done, if so. */
  default Optional<Reason> act(List<Written> written) {
    return switch (this) {
      case Untouched untouched -> Optional.empty();
      case Kept kept -> kept.file().write(content(written));
      case Forgotten forgotten -> forgotten.file().remove();
    };
  }

  // what is in force, not what was asked for: a higher pid_max must not be lower after a reboot
  private static String content(List<Written> written) {
    return PersistedFile.content(
        value(written, Setting.PID_MAX).orElseThrow(), value(written, Setting.THREADS_MAX));
  }

  private static OptionalLong value(List<Written> written, String what) {
    for (Written one : written) {
      if (one.what().equals(what)) {
        return Setting.number(one.after());
      }
    }
    return OptionalLong.empty();
  }
}
