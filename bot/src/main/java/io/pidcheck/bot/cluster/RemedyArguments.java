package io.pidcheck.bot.cluster;

import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Remedy.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What the program on the node is told. All of it is typed: numbers, and names of a known shape.
 */
final class RemedyArguments {

  private RemedyArguments() {}

  static List<String> of(Remedy remedy, RemedyPod made, RemedyManifest.Plan plan) {
    List<String> arguments = new ArrayList<>();
    arguments.add(
        switch (remedy) {
          case Remedy.Kill kill -> "kill";
          case Remedy.RaisePidMax raise -> "set-pid-max";
          case Remedy.Undo undo -> "undo";
          // the bot itself asks the API server; were this run, the program would refuse the word
          case Remedy.DeletePod delete -> "delete-pod";
        });
    arguments.add("--node=" + remedy.seen().node());
    arguments.add("--boot-id=" + remedy.seen().bootId());
    switch (remedy) {
      case Remedy.Kill kill -> {
        kill(kill, made, arguments);
        plan.protectPods().forEach(uid -> arguments.add("--protect-pod=" + uid));
      }
      case Remedy.RaisePidMax raise -> raise(raise, arguments);
      case Remedy.Undo undo -> undo(undo, arguments);
      case Remedy.DeletePod delete -> {}
    }
    if (plan.dryRun()) {
      arguments.add("--dry-run");
    }
    return arguments;
  }

  private static void kill(Remedy.Kill kill, RemedyPod made, List<String> arguments) {
    arguments.add("--grace=" + made.grace().toSeconds() + "s");
    kill.targets()
        .forEach(target -> arguments.add("--target=" + target.pid() + ":" + target.startTicks()));
    made.protect().forEach(name -> arguments.add("--protect=" + name));
  }

  private static void raise(Remedy.RaisePidMax raise, List<String> arguments) {
    arguments.add("--to=" + raise.to());
    arguments.add("--pid-max-file=" + RemedyFiles.PID_MAX);
    raise
        .threadsMax()
        .ifPresent(
            most -> {
              arguments.add("--threads-max-file=" + RemedyFiles.THREADS_MAX);
              arguments.add("--threads-max=" + most);
            });
    for (int i = 0; i < raise.cgroups().size(); i++) {
      arguments.add("--pids-max=" + RemedyFiles.cgroup(i));
    }
    if (raise.persisted()) {
      arguments.add("--sysctl-dir=" + RemedyFiles.SYSCTL_DIR);
    }
  }

  private static void undo(Remedy.Undo undo, List<String> arguments) {
    RemedyFiles files = RemedyFiles.of(undo);
    arguments.add("--pid-max-file=" + RemedyFiles.PID_MAX);
    for (Value value : undo.values()) {
      String what = value.what();
      if (what.equals(Value.THREADS_MAX)) {
        arguments.add("--threads-max-file=" + RemedyFiles.THREADS_MAX);
      }
      files.inside(what).ifPresent(inside -> arguments.add("--pids-max=" + inside));
      arguments.add("--restore=" + files.inside(what).orElse(what) + "=" + value.value());
    }
    if (undo.removePersisted()) {
      arguments.add("--sysctl-dir=" + RemedyFiles.SYSCTL_DIR);
      arguments.add("--remove-persisted");
    }
  }
}
