package io.pidcheck.bot.incident;

import java.time.Instant;
import java.util.Optional;

/**
 * One line for an incident's thread that has not been posted for certain yet.
 *
 * @param number within the incident, rising: with it the post is found again after a crash
 * @param restarts of the container since the incident began, where the line speaks of them
 * @param words a detail; may be foreign text; empty for none
 * @param remedied what was done and by whom, where the line speaks of that
 * @param post once it has been set out
 */
public record Note(
    int number,
    Kind kind,
    Instant at,
    int restarts,
    String words,
    Optional<Remedied> remedied,
    Optional<Post> post) {

  /** What the line says. */
  public enum Kind {
    RESTARTED_AGAIN,
    REBOOTED,
    FREE_PIDS_LOW,
    REMEDIED,
    RESOLVED;

    /** The incident's message says it from the beginning. */
    boolean inFirstPost() {
      return switch (this) {
        case RESTARTED_AGAIN, REBOOTED, FREE_PIDS_LOW -> true;
        case REMEDIED, RESOLVED -> false;
      };
    }
  }

  Note with(Post begun) {
    return new Note(number, kind, at, restarts, words, remedied, Optional.of(begun));
  }
}
