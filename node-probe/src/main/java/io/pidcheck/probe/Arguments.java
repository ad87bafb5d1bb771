package io.pidcheck.probe;

import io.pidcheck.probe.remedy.Remedy;
import io.pidcheck.probe.standby.Standby.Source;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What the command line asks for. */
sealed interface Arguments {

  String USAGE =
      "usage: NodeProbe standby|kill|set-pid-max|undo ..., or: NodeProbe inspect [--proc=/proc] [--cgroup=/sys/fs/cgroup] [--node=NAME] [--top=20]"
          + " [--second-count-after=250ms]"
          + " [--termination-log=PATH]";

  int MAX_TOP = 1000;
  Duration MAX_SECOND_COUNT_AFTER = Duration.ofSeconds(10);
  int MAX_NODE_NAME = 253; // a DNS subdomain, as Kubernetes has it

  /**
   * @param node empty: the host's name
   * @param top how many processes to describe
   * @param secondCountAfter how long after its first count of the tasks it counts again; zero:
   *     never
   * @param terminationLog where to leave the short form, if anywhere
   */
  record Inspect(
      Path proc,
      Path cgroup,
      Optional<String> node,
      int top,
      Duration secondCountAfter,
      Optional<Path> terminationLog)
      implements Arguments {}

  /**
   * @param terminationLog as for {@link Inspect}
   */
  record Remedying(Remedy remedy, Optional<Path> terminationLog) implements Arguments {}

  /**
   * @param source where orders come from
   * @param acts whether it may do more than look
   * @param nodeLog a directory of the node's log directory, if it has one
   */
  record Standby(
      String node, Source source, Path proc, Path cgroup, boolean acts, Optional<Path> nodeLog)
      implements Arguments {}

  record Refused(String why) implements Arguments {}

  static Arguments parse(String[] args, Map<String, String> environment) {
    if (args.length == 0) {
      return new Refused(USAGE);
    }
    if (args[0].equals("standby")) {
      return StandbyOptions.parse(args, environment);
    }
    if (!args[0].equals("inspect")) {
      return RemedyOptions.parse(args, terminationLog(environment)).orElse(new Refused(USAGE));
    }
    Options options = new Options(environment);
    for (int i = 1; i < args.length; i++) {
      Optional<String> wrong = options.take(args[i]);
      if (wrong.isPresent()) {
        return new Refused(wrong.get() + "; " + USAGE);
      }
    }
    return options.inspect();
  }

  private static Optional<Path> terminationLog(Map<String, String> environment) {
    String log = environment.get("PIDCHECK_TERMINATION_LOG");
    if (log != null && !log.isEmpty()) {
      return Optional.of(Path.of(log));
    }
    // where the kubelet mounts it unless the pod says otherwise
    Path usual = Path.of("/dev/termination-log");
    return Files.exists(usual) ? Optional.of(usual) : Optional.empty();
  }

  /** The options as they come in. */
  final class Options {
    private Path proc = Path.of("/proc");
    private Path cgroup = Path.of("/sys/fs/cgroup");
    private Optional<String> node;
    private int top = 20;

    // Someone waits for the answer. What grows so fast that it matters within the hour shows in
    // this
    // time; what does not drowns in the processes that any node starts and ends.
    private Duration secondCountAfter = Duration.ofMillis(250);

    private Optional<Path> terminationLog;

    private Options(Map<String, String> environment) {
      node = Optional.ofNullable(environment.get("NODE_NAME"));
      terminationLog = terminationLog(environment);
    }

    /** What is wrong with it, if anything. */
    private Optional<String> take(String arg) {
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      String value = equals < 0 ? "" : arg.substring(equals + 1);
      if (!isOption(name)) {
        return Optional.of("unknown argument");
      }
      if (value.isEmpty()) {
        return Optional.of(name + " needs a value: " + name + "=...");
      }
      try {
        return set(name, value);
      } catch (InvalidPathException e) {
        return Optional.of(name + " is no path");
      } catch (NumberFormatException e) {
        return Optional.of(name + " is no number");
      }
    }

    private static boolean isOption(String name) {
      return name.equals("--proc")
          || name.equals("--cgroup")
          || name.equals("--node")
          || name.equals("--top")
          || name.equals("--second-count-after")
          || name.equals("--termination-log");
    }

    private Optional<String> set(String name, String value) {
      switch (name) {
        case "--second-count-after" -> {
          Optional<Duration> after = TimeSpan.parse(value, MAX_SECOND_COUNT_AFTER);
          if (after.isEmpty()) {
            return Optional.of(
                name + " must be from 0ms to " + MAX_SECOND_COUNT_AFTER.toSeconds() + "s");
          }
          secondCountAfter = after.get();
        }
        case "--proc" -> proc = Path.of(value);
        case "--cgroup" -> cgroup = Path.of(value);
        case "--node" -> node = Optional.of(value);
        case "--top" -> top = Integer.parseInt(value);
        default -> terminationLog = Optional.of(Path.of(value));
      }
      return Optional.empty();
    }

    private Arguments inspect() {
      if (top < 1 || top > MAX_TOP) {
        return new Refused("--top must be from 1 to " + MAX_TOP);
      }
      if (node.isPresent() && node.get().length() > MAX_NODE_NAME) {
        return new Refused("the node's name is longer than " + MAX_NODE_NAME + " characters");
      }
      return new Inspect(proc, cgroup, node, top, secondCountAfter, terminationLog);
    }
  }
}
