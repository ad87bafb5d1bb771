package io.pidcheck.probe;

import io.pidcheck.probe.remedy.Remedy;
import io.pidcheck.probe.report.SysctlResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code --pid-max-file=F [--threads-max-file=F] [--pids-max=F]... [--sysctl-dir=D]} */
final class FileOptions {

  private Optional<Path> pidMax = Optional.empty();
  private Optional<Path> threadsMax = Optional.empty();
  private final List<Path> pidsMax = new ArrayList<>();
  private Optional<Path> sysctlDir = Optional.empty();

  boolean take(Option option) throws Option.Wrong {
    switch (option.name()) {
      case "--pid-max-file" -> pidMax = Optional.of(option.path());
      case "--threads-max-file" -> threadsMax = Optional.of(option.path());
      case "--pids-max" -> pidsMax.add(option.path());
      case "--sysctl-dir" -> sysctlDir = Optional.of(option.path());
      default -> {
        return false;
      }
    }
    return true;
  }

  Remedy.Files files() throws Option.Wrong {
    Option.require(pidMax.isPresent(), "--pid-max-file is needed");
    Option.require(pidsMax.size() <= SysctlResult.MAX_WRITTEN - 2, "too many settings");
    return new Remedy.Files(pidMax.orElseThrow(), threadsMax, pidsMax, sysctlDir);
  }
}
