package io.pidcheck.bot.local.slack.workspace;

/** Hears of every change, in order. */
public interface WorkspaceListener {

  /** A new message, or a known one that changed. */
  void onMessage(Message message);

  void onDeleted(String channel, String ts);

  /** Another modal, or none, is now on top for that person. */
  void onView(String user);
}
