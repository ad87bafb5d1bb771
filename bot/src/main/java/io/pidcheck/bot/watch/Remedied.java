package io.pidcheck.bot.watch;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that was done to a node.
 *
 * @param by Slack user id
 * @param what in the remedy's own words; may hold a process's name, which is foreign text
 */
public record Remedied(Instant at, String by, String what) {

  /** Who knows what was done. */
  public interface History {

    /** The last remedy on that node since then that did something. */
    Optional<Remedied> last(String node, Instant since);
  }
}
