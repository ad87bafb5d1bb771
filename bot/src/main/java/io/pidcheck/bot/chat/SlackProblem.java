package io.pidcheck.bot.chat;

import java.util.Objects;
import java.util.Set;

/** Slack did not do what was asked. */
public final class SlackProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  // The message, its channel or the bot's place in it is gone: trying again changes nothing.
  private static final Set<String> LOST =
      Set.of(
          "message_not_found",
          "cant_update_message",
          "edit_window_closed",
          "channel_not_found",
          "is_archived",
          "not_in_channel",
          "is_inactive",
          "account_inactive");
  private static final Set<String> NOT_LET_IN =
      Set.of("channel_not_found", "not_in_channel", "is_archived", "restricted_action");

  private final String error;

  SlackProblem(String method, String error) {
    super(method + ": " + error);
    this.error = error;
  }

  SlackProblem(String method, Throwable cause) {
    super(method + ": " + cause.getMessage(), cause);
    this.error = "";
  }

  /** Slack's error name, empty when Slack could not be reached. */
  public String error() {
    return error;
  }

  /** What was asked, and what came of it. */
  public String words() {
    return Objects.requireNonNullElse(getMessage(), error);
  }

  /** Slack said no, and is likely to say it again. */
  public boolean refused() {
    return !error.isEmpty();
  }

  /** The message cannot be edited any more, ever. */
  public boolean lost() {
    return LOST.contains(error);
  }

  /** The bot may not write in that channel. */
  public boolean notLetIn() {
    return NOT_LET_IN.contains(error);
  }
}
