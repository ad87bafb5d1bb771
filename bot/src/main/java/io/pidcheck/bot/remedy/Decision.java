package io.pidcheck.bot.remedy;

/** Whether somebody may. */
public sealed interface Decision {

  record Allowed() implements Decision {}

  /**
   * @param cause why not
   * @param who may instead
   */
  record Denied(Cause cause, Names who) implements Decision {}

  /** Why somebody may not. */
  enum Cause {
    NOT_NAMED,
    /** The settings name nobody at all. */
    NOBODY_NAMED,
    /** Slack does not tell who is in a group: then nobody is. */
    GROUP_UNKNOWN
  }
}
