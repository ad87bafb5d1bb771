package io.pidcheck.probe;

import io.pidcheck.probe.remedy.Remedy;
import io.pidcheck.probe.remedy.Remedy.Restore;
import io.pidcheck.probe.report.SysctlResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code undo --restore=NAME=VALUE... [--remove-persisted]} and the files of {@link FileOptions}.
 */
final class UndoOptions implements RemedyOptions.Verb {

  private final FileOptions files = new FileOptions();
  private final List<Restore> restores = new ArrayList<>();
  private boolean removePersisted;

  @Override
  public boolean take(Option option) throws Option.Wrong {
    switch (option.name()) {
      case "--restore" -> restores.add(restore(option));
      case "--remove-persisted" -> removePersisted = option.flag();
      default -> {
        return files.take(option);
      }
    }
    return true;
  }

  @Override
  public Remedy remedy(Remedy.Order order) throws Option.Wrong {
    Option.require(!restores.isEmpty() || removePersisted, "--restore is needed");
    Option.require(restores.size() <= SysctlResult.MAX_WRITTEN, "too many settings");
    Remedy.Files given = files.files();
    Option.require(
        !removePersisted || given.sysctlDir().isPresent(), "--remove-persisted needs --sysctl-dir");
    for (Restore restore : restores) {
      Option.require(isGiven(restore.what(), given), "--restore of a file that was not given");
    }
    return new Remedy.Undo(order, given, restores, removePersisted);
  }

  private static boolean isGiven(String what, Remedy.Files files) {
    return switch (what) {
      case "pid_max" -> true;
      case "threads_max" -> files.threadsMax().isPresent();
      default -> files.pidsMax().contains(Path.of(what));
    };
  }

  // a path may have an equals sign, a value never
  private static Restore restore(Option option) throws Option.Wrong {
    int equals = option.text().lastIndexOf('=');
    Option.require(equals > 0, "--restore must be NAME=VALUE");
    String what = option.value().substring(0, equals);
    Option.require(what.indexOf('\0') < 0, "--restore must be NAME=VALUE");
    String to = option.value().substring(equals + 1);
    boolean noLimit = to.equals("max") && what.startsWith("/");
    return new Restore(what, noLimit ? to : Long.toString(option.number(to)));
  }
}
