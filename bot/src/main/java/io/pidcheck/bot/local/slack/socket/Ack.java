package io.pidcheck.bot.local.slack.socket;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** How the bot took a payload. */
public sealed interface Ack {

  /** In time, with what the bot answered along with it. */
  record Taken(Optional<ObjectNode> payload) implements Ack {}

  /**
   * Not taken.
   *
   * @param error as Slack shows it to the user
   */
  record Failed(String error) implements Ack {}

  /** There is no connection to send it over. */
  Ack NOT_CONNECTED = new Failed("dispatch_failed");

  /** No acknowledgement within 3 seconds. */
  Ack TIMED_OUT = new Failed("operation_timeout");
}
