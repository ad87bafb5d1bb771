package io.pidcheck.bot.chat;

/** Takes what is to stand in a message, where somebody else edits that message. */
public interface MessageKeeper {

  /**
   * @param body the message, see {@link MessageJson}
   * @return false where nobody keeps that message, and it is to be edited as usual
   */
  boolean keep(String channel, String ts, String body);
}
