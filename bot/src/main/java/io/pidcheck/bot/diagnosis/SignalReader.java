package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.diagnosis.Signal.Hint;
import io.pidcheck.bot.diagnosis.Signal.Kind;
import io.pidcheck.bot.diagnosis.Signal.LookAlike;
import io.pidcheck.bot.diagnosis.Signal.Silent;
import io.pidcheck.bot.diagnosis.Signal.Strong;
import io.pidcheck.bot.diagnosis.Signal.Unrelated;
import io.pidcheck.bot.diagnosis.Signal.Weak;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a message by its shape: an operation, and the error it met. The operation named nearest to
 * the error is the one that failed; a path or an address says nothing about either.
 */
final class SignalReader {

  // An event's message is at most 1024 characters; of a pasted log the first lines are read.
  private static final int LONGEST = 3_000;
  private static final int BEFORE = 200;
  private static final int AFTER = 160;

  private static final Pattern PATH = Pattern.compile("(?<![\\w/])(?:[a-z]+:)?/[\\w./@+%~-]+");
  private static final Pattern CLAUSE =
      Pattern.compile("(?=[;\\n.,])(?:[;\\n]|\\. |, (?!error|errno))");

  // Words that no other failure uses; the error itself is not always spelt out.
  private static final Shape THREAD_ALONE =
      Shape.of(
          "unable to create (?:new )?native thread|can't start new thread|cannot start new thread"
              + "|failed to create new os thread|may need to increase max user processes"
              + "|can't create (?:a )?(?:new )?thread|threadstartexception"
              + "|pthread_create failed(?! for attributes)|cannot create (?:worker )?(?:gc )?thread",
          "thread",
          "max user processes");
  // bash retries on EAGAIN only; by the time it prints, a SIGCHLD may have changed errno.
  private static final Shape FORK_ALONE =
      Shape.of("fork: retry|pid namespace exhausted", "fork: retry", "pid namespace exhausted");
  private static final Shape CANNOT_FORK =
      Shape.of(
          "(?:can't|cannot|could not|unable to|failed to) (?:v?fork|spawn)\\b", "fork", "spawn");

  private record WeakShape(Hint hint, Shape shape) {}

  private static WeakShape weak(Hint hint, String words, String... marks) {
    return new WeakShape(hint, Shape.of(words, marks));
  }

  private static final List<WeakShape> WEAK =
      List.of(
          weak(
              Hint.BIRD_SOCKET_REFUSED,
              "unable to connect to birdv?\\d? socket.*connection refused|bird\\d?\\.ctl.*connection refused",
              "bird"),
          weak(
              Hint.SETNS_EXITED,
              "(?:executing|running exec|starting) setns process.*exit status \\d+"
                  + "|nsexec.*exit|runc did not terminate successfully",
              "setns",
              "nsexec",
              "runc did not"),
          weak(
              Hint.INIT_PIPE_BROKEN,
              "read init-p|can't get final child'?s pid from pipe|init process.*(?:eof|broken pipe)"
                  + "|reading init pid|container init.*(?:eof|reset by peer)",
              "init",
              "final child"),
          weak(
              Hint.EXEC_TIMED_OUT,
              "deadlineexceeded.*exec|exec\\w* .*(?:deadline exceeded|timed out|timeout)"
                  + "|command \".*\" timed out|probe \\w+: .*timed? ?out",
              "deadline",
              "timed",
              "timeout",
              "time out"),
          weak(
              Hint.EXEC_NOT_STARTED,
              "failed to exec in container|failed to start exec|exec failed: unable to start container process"
                  + "|starterror|exit(?:ed with)?(?: code| status)?:? ?12[68]\\b",
              "exec",
              "starterror",
              "126",
              "128"),
          weak(
              Hint.RUNTIME_START_FAILED,
              "failed to create coreclr|0x8007000e",
              "coreclr",
              "0x8007000e"),
          weak(
              Hint.CONTAINER_RUNTIME_DOWN,
              "container runtime is down|pleg is not healthy"
                  + "|(?:containerd|crio|docker|cri-dockerd)\\.sock.*(?:refused|no such file)",
              "runtime is down",
              "pleg",
              ".sock"));

  private SignalReader() {}

  static Signal read(String message) {
    String text = clean(message);
    Optional<Signal> shaped = bySayingBoth(text);
    if (shaped.isPresent() && shaped.get() instanceof Strong) {
      return shaped.get();
    }
    boolean memory = Failure.ENOMEM.isIn(text);
    if (!memory && THREAD_ALONE.isIn(text)) {
      return new Strong(Kind.THREAD_REFUSED);
    }
    if (FORK_ALONE.isIn(text)) {
      return new Strong(Kind.FORK_REFUSED);
    }
    Optional<Signal> weak = byWeakShape(text);
    if (shaped.isPresent() && !(shaped.get() instanceof Weak && weak.isPresent())) {
      return shaped.get();
    }
    return weak.orElseGet(
        () -> CANNOT_FORK.isIn(text) ? new Weak(Hint.CANNOT_FORK_UNEXPLAINED) : new Silent());
  }

  private static Optional<Signal> byWeakShape(String text) {
    for (WeakShape shape : WEAK) {
      if (shape.shape().isIn(text)) {
        return Optional.of(new Weak(shape.hint()));
      }
    }
    return Optional.empty();
  }

  private static String clean(String message) {
    String text = message.substring(0, Math.min(message.length(), LONGEST));
    return text.toLowerCase(Locale.ROOT).replace('’', '\'').replace('‘', '\'');
  }

  /** An operation beside an error. The strongest of all such pairs in the text counts. */
  private static Optional<Signal> bySayingBoth(String text) {
    if (Operation.CGROUP.shape().isIn(text)) {
      return Optional.of(new Strong(Kind.CGROUP_REFUSED));
    }
    Optional<Signal> found = Optional.empty();
    for (Failure failure : Failure.values()) {
      for (Failure.Place place : failure.in(text)) {
        Optional<Signal> here = at(text, place, failure);
        if (here.isPresent() && here.get() instanceof Strong) {
          return here;
        }
        if (found.isEmpty()) {
          found = here;
        }
      }
    }
    return found;
  }

  private static Optional<Signal> at(String text, Failure.Place place, Failure failure) {
    Optional<Operation> operation = operation(text, place, failure == Failure.EAGAIN);
    return switch (failure) {
      case EAGAIN -> Optional.of(refused(operation));
      case ENOMEM -> starting(operation, LookAlike.OUT_OF_MEMORY);
      case EMFILE -> Optional.of(new Unrelated(LookAlike.OPEN_FILES));
      case ENOSPC -> Optional.of(new Unrelated(LookAlike.DISK_SPACE));
      case EPERM -> starting(operation, LookAlike.PERMISSION);
      case ENOENT -> starting(operation, LookAlike.NO_SUCH_PROGRAM);
    };
  }

  private static Optional<Signal> starting(Optional<Operation> operation, LookAlike lookAlike) {
    return operation
        .filter(
            what -> what == Operation.FORK || what == Operation.THREAD || what == Operation.USER)
        .map(what -> new Unrelated(lookAlike));
  }

  private static Signal refused(Optional<Operation> operation) {
    if (operation.isEmpty()) {
      return new Weak(Hint.EAGAIN_ALONE);
    }
    return switch (operation.get()) {
      case CGROUP -> new Strong(Kind.CGROUP_REFUSED);
      case USER -> new Strong(Kind.USER_LIMIT_REFUSED);
      case THREAD -> new Strong(Kind.THREAD_REFUSED);
      case FORK -> new Strong(Kind.FORK_REFUSED);
      case XTABLES -> new Unrelated(LookAlike.XTABLES_LOCK);
      case SOCKET -> new Unrelated(LookAlike.SOCKET);
      case LOCK -> new Unrelated(LookAlike.FILE_LOCK);
      case AIO -> new Unrelated(LookAlike.ASYNC_IO);
    };
  }

  /** The operation last named before the error in its clause, else the first named after it. */
  private static Optional<Operation> operation(String text, Failure.Place place, boolean after) {
    String before = text.substring(Math.max(0, place.start() - BEFORE), place.start());
    Matcher clause = CLAUSE.matcher(before);
    int from = 0;
    while (clause.find()) {
      from = clause.end();
    }
    Optional<Operation> last = Operation.lastIn(withoutPaths(before.substring(from)));
    if (last.isPresent() || !after) {
      return last;
    }
    Optional<Operation> next =
        Operation.firstIn(
            withoutPaths(
                text.substring(place.end(), Math.min(text.length(), place.end() + AFTER))));
    return next.isPresent() ? next : Operation.lastIn(withoutPaths(before));
  }

  private static String withoutPaths(String text) {
    return text.indexOf('/') < 0 ? text : PATH.matcher(text).replaceAll(" ");
  }
}
