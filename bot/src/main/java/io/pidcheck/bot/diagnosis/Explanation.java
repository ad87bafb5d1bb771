package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.diagnosis.ProbeWords.Verb;
import io.pidcheck.bot.diagnosis.Signal.Hint;
import io.pidcheck.bot.diagnosis.Signal.Kind;
import io.pidcheck.bot.diagnosis.Signal.LookAlike;
import java.util.List;
import java.util.Optional;

/**
 * What a pasted event or log line means, without any node's figures.
 *
 * @param meaning in a sentence or two
 * @param next what to look at, in order
 * @param probe what the kubelet says of a probe in it, if it does
 * @param exit the exit code that it names, if it does
 */
public record Explanation(
    Signal signal,
    Meaning meaning,
    List<Next> next,
    Optional<ProbeWords> probe,
    Optional<ExitMeaning> exit) {

  public Explanation {
    next = List.copyOf(next);
  }

  /** What it means. */
  public enum Meaning {
    FORK_REFUSED,
    THREAD_REFUSED,
    CGROUP_REFUSED,
    USER_LIMIT_REFUSED,
    RUNTIME_COULD_NOT_EXEC,
    EXEC_TOOK_TOO_LONG,
    BIRD_NOT_LISTENING,
    PROGRAM_COULD_NOT_START,
    RUNTIME_IS_DOWN,
    FORK_FAILED_WHY_UNSAID,
    EAGAIN_OF_WHAT,
    SOCKET_IS_BUSY,
    XTABLES_LOCKED,
    FILE_LOCKED,
    ASYNC_IO_EXHAUSTED,
    MEMORY_IS_OUT,
    FILES_ARE_OUT,
    DISK_IS_FULL,
    PERMISSION_DENIED,
    PROGRAM_MISSING,
    EXIT_CODE_ONLY,
    /** The words on their own say nothing about processes. */
    NOTHING_OF_IT
  }

  /** What to look at. */
  public enum Next {
    /** {@code /pidcheck node <name>}: which of the four limits it was. */
    CHECK_THE_NODE,
    LOOK_AT_THE_CGROUP,
    LOOK_AT_THE_USER_LIMIT,
    LOOK_AT_MEMORY,
    LOOK_AT_NODE_EVENTS,
    LOOK_AT_THE_LISTENER,
    LOOK_AT_WHO_HOLDS_THE_LOCK,
    LOOK_AT_FILE_LIMITS,
    LOOK_AT_DISK,
    LOOK_AT_POLICY,
    LOOK_AT_THE_IMAGE,
    /** containerd, CRI-O: an errored probe restarts nothing, so Ready proves nothing. */
    DO_NOT_TRUST_READY,
    PASTE_THE_WHOLE_LINE
  }

  /** Takes any text; a long one is read at its beginning. */
  public static Explanation of(String text) {
    Signal signal = Signal.of(text);
    Optional<ExitMeaning> exit = ExitMeaning.in(text);
    Optional<ProbeWords> probe = ProbeWords.in(text);
    return new Explanation(signal, meaning(signal, exit), next(signal, exit, probe), probe, exit);
  }

  private static Meaning meaning(Signal signal, Optional<ExitMeaning> exit) {
    return switch (signal) {
      case Signal.Strong(Kind kind) -> meaning(kind);
      case Signal.Weak(Hint hint) -> meaning(hint);
      case Signal.Unrelated(LookAlike lookAlike) -> meaning(lookAlike);
      case Signal.Silent silent ->
          exit.isPresent() ? Meaning.EXIT_CODE_ONLY : Meaning.NOTHING_OF_IT;
    };
  }

  private static Meaning meaning(Kind kind) {
    return switch (kind) {
      case FORK_REFUSED -> Meaning.FORK_REFUSED;
      case THREAD_REFUSED -> Meaning.THREAD_REFUSED;
      case CGROUP_REFUSED -> Meaning.CGROUP_REFUSED;
      case USER_LIMIT_REFUSED -> Meaning.USER_LIMIT_REFUSED;
    };
  }

  private static Meaning meaning(Hint hint) {
    return switch (hint) {
      case SETNS_EXITED, INIT_PIPE_BROKEN, EXEC_NOT_STARTED -> Meaning.RUNTIME_COULD_NOT_EXEC;
      case EXEC_TIMED_OUT -> Meaning.EXEC_TOOK_TOO_LONG;
      case BIRD_SOCKET_REFUSED -> Meaning.BIRD_NOT_LISTENING;
      case RUNTIME_START_FAILED -> Meaning.PROGRAM_COULD_NOT_START;
      case CONTAINER_RUNTIME_DOWN -> Meaning.RUNTIME_IS_DOWN;
      case CANNOT_FORK_UNEXPLAINED -> Meaning.FORK_FAILED_WHY_UNSAID;
      case EAGAIN_ALONE -> Meaning.EAGAIN_OF_WHAT;
    };
  }

  private static Meaning meaning(LookAlike lookAlike) {
    return switch (lookAlike) {
      case SOCKET -> Meaning.SOCKET_IS_BUSY;
      case XTABLES_LOCK -> Meaning.XTABLES_LOCKED;
      case FILE_LOCK -> Meaning.FILE_LOCKED;
      case ASYNC_IO -> Meaning.ASYNC_IO_EXHAUSTED;
      case OUT_OF_MEMORY -> Meaning.MEMORY_IS_OUT;
      case OPEN_FILES -> Meaning.FILES_ARE_OUT;
      case DISK_SPACE -> Meaning.DISK_IS_FULL;
      case PERMISSION -> Meaning.PERMISSION_DENIED;
      case NO_SUCH_PROGRAM -> Meaning.PROGRAM_MISSING;
    };
  }

  private static List<Next> next(
      Signal signal, Optional<ExitMeaning> exit, Optional<ProbeWords> probe) {
    boolean errored = probe.map(words -> words.verb() == Verb.ERRORED).orElse(false);
    return switch (signal) {
      case Signal.Strong(Kind kind) -> ofStrong(kind, errored);
      case Signal.Weak(Hint hint) -> ofWeak(hint, errored);
      case Signal.Unrelated(LookAlike lookAlike) -> ofLookAlike(lookAlike);
      case Signal.Silent silent ->
          exit.isPresent()
              ? List.of(Next.LOOK_AT_NODE_EVENTS, Next.PASTE_THE_WHOLE_LINE)
              : List.of(Next.PASTE_THE_WHOLE_LINE);
    };
  }

  private static List<Next> ofStrong(Kind kind, boolean errored) {
    return switch (kind) {
      case FORK_REFUSED, THREAD_REFUSED ->
          errored
              ? List.of(Next.CHECK_THE_NODE, Next.DO_NOT_TRUST_READY)
              : List.of(Next.CHECK_THE_NODE);
      case CGROUP_REFUSED -> List.of(Next.LOOK_AT_THE_CGROUP, Next.CHECK_THE_NODE);
      case USER_LIMIT_REFUSED -> List.of(Next.LOOK_AT_THE_USER_LIMIT, Next.CHECK_THE_NODE);
    };
  }

  private static List<Next> ofWeak(Hint hint, boolean errored) {
    if (errored) {
      return List.of(Next.CHECK_THE_NODE, Next.DO_NOT_TRUST_READY, Next.LOOK_AT_NODE_EVENTS);
    }
    return hint == Hint.EAGAIN_ALONE
        ? List.of(Next.PASTE_THE_WHOLE_LINE, Next.CHECK_THE_NODE)
        : List.of(Next.CHECK_THE_NODE, Next.LOOK_AT_NODE_EVENTS);
  }

  private static List<Next> ofLookAlike(LookAlike lookAlike) {
    return switch (lookAlike) {
      case SOCKET -> List.of(Next.LOOK_AT_THE_LISTENER);
      case XTABLES_LOCK, FILE_LOCK -> List.of(Next.LOOK_AT_WHO_HOLDS_THE_LOCK);
      case ASYNC_IO, OPEN_FILES -> List.of(Next.LOOK_AT_FILE_LIMITS);
      case OUT_OF_MEMORY -> List.of(Next.LOOK_AT_MEMORY);
      case DISK_SPACE -> List.of(Next.LOOK_AT_DISK);
      case PERMISSION -> List.of(Next.LOOK_AT_POLICY);
      case NO_SUCH_PROGRAM -> List.of(Next.LOOK_AT_THE_IMAGE);
    };
  }
}
