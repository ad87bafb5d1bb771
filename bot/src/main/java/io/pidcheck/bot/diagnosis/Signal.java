package io.pidcheck.bot.diagnosis;

/** What one event or log line says about the node's ability to start processes and threads. */
public sealed interface Signal {

  /** The kernel refused a process or a thread: EAGAIN, whichever of its causes. */
  record Strong(Kind kind) implements Signal {}

  /** What such a refusal often looks like from afar. Proves nothing without the node's figures. */
  record Weak(Hint hint) implements Signal {}

  /** Looks or sounds alike and is something else. */
  record Unrelated(LookAlike lookAlike) implements Signal {}

  /** Says nothing about it. */
  record Silent() implements Signal {}

  /** What was refused. */
  enum Kind {
    FORK_REFUSED,
    THREAD_REFUSED,
    /** By the pids controller of one cgroup: never pid_max. */
    CGROUP_REFUSED,
    /** setuid(2), execve(2): EAGAIN means RLIMIT_NPROC. */
    USER_LIMIT_REFUSED
  }

  /** What a weak message says by itself. */
  enum Hint {
    SETNS_EXITED,
    INIT_PIPE_BROKEN,
    EXEC_NOT_STARTED,
    EXEC_TIMED_OUT,
    BIRD_SOCKET_REFUSED,
    RUNTIME_START_FAILED,
    CONTAINER_RUNTIME_DOWN,
    CANNOT_FORK_UNEXPLAINED,
    /** "Resource temporarily unavailable" of nobody knows what. */
    EAGAIN_ALONE
  }

  /** What it is instead. */
  enum LookAlike {
    /** EAGAIN of a socket: backlog or timeout. */
    SOCKET,
    /** Another iptables holds the lock. */
    XTABLES_LOCK,
    FILE_LOCK,
    /** fs.aio-max-nr. */
    ASYNC_IO,
    /** ENOMEM. */
    OUT_OF_MEMORY,
    /** EMFILE, ENFILE. */
    OPEN_FILES,
    /** ENOSPC. */
    DISK_SPACE,
    /** EPERM, EACCES: seccomp, SELinux, capabilities. */
    PERMISSION,
    /** The program is not in the image, or for another processor. */
    NO_SUCH_PROGRAM
  }

  static Signal of(String message) {
    return SignalReader.read(message);
  }

  default boolean strong() {
    return this instanceof Strong;
  }
}
