package io.pidcheck.bot.diagnosis;

import java.util.List;

/**
 * One other explanation that people reach for first, and what speaks for or against it.
 *
 * @param figures what the reason says in numbers, in the order that its text names them
 * @param events that say so
 */
public record Suspicion(
    Suspect suspect, Finding finding, Reason reason, List<Long> figures, List<Quote> events) {

  public Suspicion {
    figures = List.copyOf(figures);
    events = List.copyOf(events);
  }

  /** The other explanation. */
  public enum Suspect {
    MEMORY,
    IMAGE,
    RUNTIME_OR_KERNEL_BUG,
    /** seccomp, SELinux, capabilities. */
    SECURITY_POLICY
  }

  /** What became of it. */
  public enum Finding {
    RULED_OUT,
    NOT_RULED_OUT,
    SUSPECTED
  }

  /** Why. */
  public enum Reason {
    MEMORY_IS_AVAILABLE,
    MEMORY_IS_SHORT,
    MEMORY_RAN_OUT,
    MEMORY_WAS_REFUSED,
    ONLY_ONE_CONTAINER_RAN_OUT,
    MEMORY_NOT_READ,
    IMAGE_IS_THERE,
    IMAGE_RAN_BEFORE,
    IMAGE_CANNOT_BE_PULLED,
    IMAGE_NOT_KNOWN,
    LIMIT_EXPLAINS_IT,
    REFUSED_WITHOUT_A_FULL_LIMIT,
    NOTHING_WAS_REFUSED,
    /** EPERM and EACCES are what a policy answers, never EAGAIN. */
    POLICIES_SAY_EPERM,
    PERMISSION_WAS_DENIED,
    NO_WORD_OF_IT
  }
}
