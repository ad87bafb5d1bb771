package io.pidcheck.probe;

import io.pidcheck.probe.remedy.Remedy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The options of the verbs that change a node: those that all of them have, and the verb's own. */
final class RemedyOptions {

  /** What one verb takes besides. */
  interface Verb {

    /** False for an option that this verb does not have. */
    boolean take(Option option) throws Option.Wrong;

    Remedy remedy(Remedy.Order order) throws Option.Wrong;
  }

  private static final int MAX_NODE_NAME = 253; // a DNS subdomain, as Kubernetes has it

  private final Verb verb;
  private Optional<Path> terminationLog;
  private Path proc = Path.of("/proc");
  private String node = "";
  private String bootId = "";
  private boolean dryRun;

  private RemedyOptions(Verb verb, Optional<Path> terminationLog) {
    this.verb = verb;
    this.terminationLog = terminationLog;
  }

  /** Empty when the first word is no such verb. */
  static Optional<Arguments> parse(String[] args, Optional<Path> terminationLog) {
    Map<String, Verb> verbs =
        Map.of(
            "kill", new KillOptions(),
            "set-pid-max", new RaiseOptions(),
            "undo", new UndoOptions());
    return Optional.ofNullable(verbs.get(args[0]))
        .map(verb -> new RemedyOptions(verb, terminationLog).parse(args));
  }

  private Arguments parse(String[] args) {
    try {
      for (int i = 1; i < args.length; i++) {
        Option option = Option.of(args[i]);
        Option.require(verb.take(option) || take(option), "unknown argument");
      }
      return new Arguments.Remedying(verb.remedy(order()), terminationLog);
    } catch (Option.Wrong e) {
      return new Arguments.Refused(args[0] + ": " + e.why());
    }
  }

  private boolean take(Option option) throws Option.Wrong {
    switch (option.name()) {
      case "--node" -> node = option.value();
      case "--boot-id" -> bootId = option.text();
      case "--proc" -> proc = option.path();
      case "--termination-log" -> terminationLog = Optional.of(option.path());
      case "--dry-run" -> dryRun = option.flag();
      default -> {
        return false;
      }
    }
    return true;
  }

  private Remedy.Order order() throws Option.Wrong {
    Option.require(isDnsName(node), "--node must be a node's name");
    Option.require(!bootId.isEmpty(), "--boot-id is needed");
    return new Remedy.Order(node, bootId, dryRun, proc);
  }

  private static boolean isDnsName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
      if (!fits) {
        return false;
      }
    }
    return !name.isEmpty() && name.length() <= MAX_NODE_NAME;
  }
}
