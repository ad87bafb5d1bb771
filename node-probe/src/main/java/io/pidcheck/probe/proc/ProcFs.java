package io.pidcheck.probe.proc;

import io.pidcheck.probe.masking.CommandLine;
import io.pidcheck.probe.proc.KernelFile.Outcome;
import io.pidcheck.probe.report.Limit;
import io.pidcheck.probe.report.Memory;
import io.pidcheck.probe.text.Printable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A proc file system, proc(5). Each method reads one file, once. A process that ends meanwhile is
 * an empty answer; a file that may not be read is an empty answer too, and noted in {@link Unread}.
 */
public final class ProcFs {

  /** Room for the longest cgroup v1 list that is worth having: 14 controllers, deep paths. */
  private static final int SMALL_FILE = 32 * 1024;

  /** Of a command line. 512 characters are shown; what may be masked in them can be much longer. */
  private static final int COMMAND_LINE = 16 * 1024;

  /** Listing all takes 2 us a thread, listing the first 4 us and, the first time, 3 ms. */
  private static final int MANY_THREADS = 4096;

  private static final int TIMES_WORTH_SKIPPING = 256;

  private final String root;
  private final Unread unread;
  private final KernelFile file = new KernelFile(SMALL_FILE);
  private final KernelFile commandLineFile = new KernelFile(COMMAND_LINE);

  public ProcFs(Path root, Unread unread) {
    this.root = root.toString();
    this.unread = unread;
  }

  /** The same file system for another thread: a reader has its own buffers. */
  ProcFs withItsOwn(Unread noted) {
    return new ProcFs(Path.of(root), noted);
  }

  /**
   * The ids of all processes.
   *
   * @throws IOException when there is no proc file system here
   */
  public int[] pids() throws IOException {
    String[] names = Listing.all(root);
    int[] pids = new int[names.length];
    int n = 0;
    for (String name : names) {
      int pid = Listing.id(name);
      if (pid > 0) {
        pids[n++] = pid;
      }
    }
    if (n == 0) {
      throw new IOException("no proc file system");
    }
    return Arrays.copyOf(pids, n);
  }

  /**
   * The tasks of all processes: threads, kernel threads, zombies.
   *
   * @throws IOException when there is no proc file system here
   */
  public long tasks() throws IOException {
    long tasks = 0;
    for (int pid : pids()) {
      Optional<ProcessStat> stat = stat(pid);
      tasks += stat.isPresent() ? stat.get().threads() : 0;
    }
    return tasks;
  }

  /** The kernel's own total; {@link TaskTotal#UNKNOWN} where it cannot be had. Is not missed. */
  public long taskTotal() {
    return file.read(root + "/loadavg") == Outcome.READ
        ? TaskTotal.parse(file.bytes(), file.length())
        : TaskTotal.UNKNOWN;
  }

  /** Of this very process, in this file system's PID namespace, proc(5). */
  public OptionalInt ownPid() {
    if (!read("self/stat")) {
      return OptionalInt.empty();
    }
    OptionalLong pid = numberAt(0);
    return pid.isPresent() ? OptionalInt.of((int) pid.getAsLong()) : OptionalInt.empty();
  }

  /** New at every boot, random(4). */
  public String bootId() {
    return line("sys/kernel/random/boot_id").orElse("");
  }

  public Optional<ProcessStat> stat(int pid) {
    if (!readOf(pid, "stat")) {
      return Optional.empty();
    }
    return ProcessStat.parse(file.bytes(), file.length());
  }

  /**
   * Whether this is the process that it was, and not another one that got the same id: it has the
   * same start time. Of a process with many threads its main thread is asked: for the process the
   * kernel adds up the times of all threads, 4 ms for 13,000.
   */
  public boolean isStill(ProcessStat stat) {
    int pid = stat.pid();
    String mainThread = pathOf(pid, "task/" + pid + "/stat");
    Optional<ProcessStat> now =
        stat.threads() > TIMES_WORTH_SKIPPING && file.read(mainThread) == Outcome.READ
            ? ProcessStat.parse(file.bytes(), file.length())
            : stat(pid);
    return now.isPresent() && now.get().startTicks() == stat.startTicks();
  }

  /** The process's path in the hierarchy of the pids controller, as this process may see it. */
  public Optional<String> cgroup(int pid) {
    return readOf(pid, "cgroup")
        ? CgroupMembership.parse(file.bytes(), file.length())
        : Optional.empty();
  }

  /** The real user id, proc_pid_status(5). */
  public OptionalLong uid(int pid) {
    if (!readOf(pid, "status")) {
      return OptionalLong.empty();
    }
    int at = Ascii.afterLineStart(file.bytes(), file.length(), "Uid:");
    return at < 0 ? OptionalLong.empty() : numberAt(at);
  }

  /** The soft RLIMIT_NPROC, proc_pid_limits(5). */
  public Limit nproc(int pid) {
    if (!readOf(pid, "limits")) {
      return Limit.UNKNOWN;
    }
    int at = Ascii.afterLineStart(file.bytes(), file.length(), "Max processes");
    return at < 0 ? Limit.UNKNOWN : limitAt(at);
  }

  /** The command line, masked, printable and bounded; empty for kernel threads and zombies. */
  public String commandLine(int pid) {
    Outcome outcome = commandLineFile.read(pathOf(pid, "cmdline"));
    if (outcome != Outcome.READ) {
      note(outcome, "cmdline");
      return "";
    }
    return CommandLine.of(
        commandLineFile.bytes(), commandLineFile.length(), commandLineFile.full());
  }

  /** One number in a file below /proc/sys. */
  public Limit sysctl(String name) {
    return read("sys/" + name) ? limitAt(0) : Limit.UNKNOWN;
  }

  /** The first line of a file that has one line; empty when it cannot be read. */
  public Optional<String> line(String name) {
    return read(name) ? Optional.of(file.line()) : Optional.empty();
  }

  /** Seconds since boot, proc_uptime(5). */
  public OptionalLong uptimeSeconds() {
    return read("uptime") ? numberAt(0) : OptionalLong.empty();
  }

  public Memory memory() {
    return read("meminfo") ? MemInfo.parse(file.bytes(), file.length()) : Memory.UNKNOWN;
  }

  /**
   * How many threads of a process have an id below {@code id}. The kernel lists threads in the
   * order in which they were made, and gives out low ids only in the first round after boot: of
   * very many threads it is enough to look at the oldest.
   */
  public int threadsBelow(int id, ProcessStat stat) {
    int below = 0;
    for (String tid : oldestThreads(stat, id)) {
      if (Listing.id(tid) < id) {
        below++;
      }
    }
    return below;
  }

  /** The thread ids of a process: all, or the {@code max} oldest of very many. */
  String[] oldestThreads(ProcessStat stat, int max) {
    String path = pathOf(stat.pid(), "task");
    try {
      return stat.threads() <= MANY_THREADS ? Listing.all(path) : Listing.first(path, max);
    } catch (AccessDeniedException e) {
      note(Outcome.DENIED, "task");
    } catch (IOException e) {
      // ended meanwhile
    }
    return new String[0];
  }

  /** A thread's name; empty when the thread ended. */
  Optional<String> threadName(int pid, String tid) {
    Outcome outcome = file.read(pathOf(pid, "task/" + tid + "/comm"));
    if (outcome != Outcome.READ) {
      note(outcome, "task/<tid>/comm");
      return Optional.empty();
    }
    int end = file.length();
    if (end > 0 && file.bytes()[end - 1] == '\n') {
      end--;
    }
    return Optional.of(Printable.of(file.bytes(), 0, end));
  }

  private boolean readOf(int pid, String name) {
    Outcome outcome = file.read(pathOf(pid, name));
    note(outcome, name);
    return outcome == Outcome.READ && file.length() > 0;
  }

  private boolean read(String name) {
    Outcome outcome = file.read(root + '/' + name);
    if (outcome != Outcome.READ) {
      unread.add("/proc/" + name, outcome.why());
    }
    return outcome == Outcome.READ;
  }

  private void note(Outcome outcome, String name) {
    if (outcome == Outcome.DENIED || outcome == Outcome.FAILED) {
      unread.addProcess("/proc/<pid>/" + name, outcome.why());
    }
  }

  private Limit limitAt(int at) {
    int from = Ascii.skipSpaces(file.bytes(), at, file.length());
    if (Ascii.startsWith(file.bytes(), from, file.length(), "unlimited")) {
      return Limit.UNLIMITED;
    }
    long value = Ascii.number(file.bytes(), from, file.length());
    return value == Ascii.NONE ? Limit.UNKNOWN : Limit.of(value);
  }

  private OptionalLong numberAt(int at) {
    int from = Ascii.skipSpaces(file.bytes(), at, file.length());
    long value = Ascii.number(file.bytes(), from, file.length());
    return value == Ascii.NONE ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private String pathOf(int pid, String name) {
    return root + '/' + pid + '/' + name;
  }
}
