package io.pidcheck.bot.check;

import io.pidcheck.bot.cluster.AnswerTo.Wish;

/**
 * Somebody asks about a node.
 *
 * @param channel where the answer goes
 * @param responseUrl to tell the asker alone
 * @param force start the probe also where it would take the node's last PIDs
 */
public record Question(
    String node, Wish wish, String channel, String user, String responseUrl, boolean force) {

  /** Without force. */
  public Question(String node, Wish wish, String channel, String user, String responseUrl) {
    this(node, wish, channel, user, responseUrl, false);
  }

  /** The same, with force. */
  public Question forced() {
    return new Question(node, wish, channel, user, responseUrl, true);
  }
}
