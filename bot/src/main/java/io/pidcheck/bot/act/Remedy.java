package io.pidcheck.bot.act;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** One act, with all that binds it. The constructors let nothing pass that could name more. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Remedy.Kill.class, name = "kill"),
  @JsonSubTypes.Type(value = Remedy.RaisePidMax.class, name = "raise"),
  @JsonSubTypes.Type(value = Remedy.DeletePod.class, name = "delete-pod"),
  @JsonSubTypes.Type(value = Remedy.Undo.class, name = "undo")
})
public sealed interface Remedy {

  // Documentation/admin-guide/sysctl/kernel.rst: pid_max; kernel/pid.c: RESERVED_PIDS
  long LEAST_PID_MAX = 301;
  long MOST_PID_MAX = 4_194_304;
  int MOST_TARGETS = 8;

  Seen seen();

  /** SIGTERM, then SIGKILL, to exactly these processes. */
  record Kill(Seen seen, List<Target> targets) implements Remedy {
    public Kill {
      targets = List.copyOf(targets);
      if (targets.isEmpty()
          || targets.size() > MOST_TARGETS
          || new HashSet<>(targets.stream().map(Target::pid).toList()).size() != targets.size()) {
        throw new IllegalArgumentException("from 1 to " + MOST_TARGETS + " different processes");
      }
    }

    public long threads() {
      return targets.stream().mapToLong(Target::threads).sum();
    }
  }

  /**
   * One process; with the boot id, pid and start time name it and no other.
   *
   * @param startTicks proc(5), /proc/pid/stat field 22
   * @param comm foreign text
   */
  record Target(int pid, long startTicks, String comm, long threads, Optional<PodName> pod) {

    private static final int COMM = 64; // 15 bytes, made printable

    public Target {
      if (pid <= 1 || startTicks < 0 || comm.isEmpty() || comm.length() > COMM) {
        throw new IllegalArgumentException("not a process that can be killed");
      }
    }
  }

  /**
   * Raise kernel.pid_max, and what would bind next.
   *
   * @param persisted also for the next boot
   * @param threadsMax kernel.threads-max, where it has to rise too
   * @param cgroups pids.max files of the node, as the node names them
   */
  record RaisePidMax(
      Seen seen,
      long from,
      long to,
      boolean persisted,
      OptionalLong threadsMax,
      List<String> cgroups)
      implements Remedy {
    public RaisePidMax {
      cgroups = List.copyOf(cgroups);
      if (to < LEAST_PID_MAX || to > MOST_PID_MAX || to <= from) {
        throw new IllegalArgumentException("not a pid_max to raise to: " + to);
      }
      cgroups.forEach(Remedy::checkPidsMax);
    }
  }

  /** Delete this pod, gracefully: its controller makes another. */
  record DeletePod(Seen seen, PodName pod, long frees) implements Remedy {}

  /**
   * Give back what a raise changed.
   *
   * @param raise the Job that changed it
   * @param removePersisted the file under sysctl.d too
   */
  record Undo(Seen seen, String raise, List<Value> values, boolean removePersisted)
      implements Remedy {
    public Undo {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("nothing to give back");
      }
    }
  }

  /**
   * A setting of the node and its value.
   *
   * @param what {@link #PID_MAX}, {@link #THREADS_MAX} or a pids.max file
   * @param value a number, or {@code max}
   */
  record Value(String what, String value) {
    public static final String PID_MAX = "pid_max";
    public static final String THREADS_MAX = "threads_max";
    private static final Pattern VALUE = Pattern.compile("max|\\d{1,10}");

    public Value {
      if (!VALUE.matcher(value).matches()) {
        throw new IllegalArgumentException("not a value to give back");
      }
      if (!what.equals(PID_MAX) && !what.equals(THREADS_MAX)) {
        checkPidsMax(what);
      }
    }
  }

  /** Only a pids.max below the cgroup mount, and no way out of it. */
  private static void checkPidsMax(String path) {
    if (!path.startsWith("/sys/fs/cgroup/")
        || !path.endsWith("/pids.max")
        || path.contains("/../")
        || path.contains("/./")
        || !path.matches("[\\w./@:\\\\-]{1,512}")) {
      throw new IllegalArgumentException("not a pids.max file of a cgroup");
    }
  }
}
