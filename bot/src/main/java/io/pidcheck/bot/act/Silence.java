package io.pidcheck.bot.act;

/**
 * Why there is nothing to be read of what a program on a node did or saw.
 *
 * @param words the cluster's, or the program's last; foreign text, may be empty
 */
public record Silence(Why why, String words) {

  /** Each is told in words of its own. */
  public enum Why {
    /** It never ran. */
    NOT_STARTED,
    /** The API server did not take its Job. */
    NOT_TAKEN,
    TIMED_OUT,
    /** It ended with an error; the words begin with its exit code. */
    FAILED,
    UNREADABLE,
    NODE_GONE,
    /** Its Job is not there any more. */
    JOB_GONE,
    /** The standby probe began it and never said how it ended. */
    STANDBY_SILENT,
    /** The standby probe was ended after it had begun it. */
    STANDBY_ENDED,
    /** What the standby probe says cannot be read; it may have done it. */
    STANDBY_UNHEARD,
    /** The standby probe met something that it did not expect. */
    STANDBY_FAILED
  }
}
