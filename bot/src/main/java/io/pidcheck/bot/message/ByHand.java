package io.pidcheck.bot.message;

import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Remedy.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * An act as somebody can do it in a shell that is open on the node already: kill and echo are built
 * into it and need no new process.
 */
final class ByHand {

  private static final int MOST = 6;
  private static final String PID_MAX = "/proc/sys/kernel/pid_max";
  private static final String THREADS_MAX = "/proc/sys/kernel/threads-max";

  private ByHand() {}

  /** Lines for that shell; none where the node itself does nothing. */
  static List<String> lines(Remedy remedy) {
    return lines(remedy, new ArrayList<>()).stream().limit(MOST).toList();
  }

  private static List<String> lines(Remedy remedy, List<String> lines) {
    switch (remedy) {
      case Remedy.Kill kill -> kill.targets().forEach(one -> lines.add("kill -9 " + one.pid()));
      case Remedy.RaisePidMax raise -> {
        lines.add(echo(raise.to(), PID_MAX));
        raise.threadsMax().ifPresent(most -> lines.add(echo(most, THREADS_MAX)));
        // the pods' cgroup keeps the pid_max of the kubelet's start
        raise.cgroups().forEach(file -> lines.add(echo(raise.to(), file)));
      }
      case Remedy.Undo undo ->
          undo.values().forEach(value -> lines.add(echo(value.value(), file(value.what()))));
      case Remedy.DeletePod delete -> {}
    }
    return lines;
  }

  private static String file(String what) {
    return switch (what) {
      case Value.PID_MAX -> PID_MAX;
      case Value.THREADS_MAX -> THREADS_MAX;
      default -> what;
    };
  }

  private static String echo(Object value, String file) {
    return "echo " + value + " > " + file;
  }
}
