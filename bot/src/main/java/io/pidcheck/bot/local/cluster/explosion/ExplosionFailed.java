package io.pidcheck.bot.local.cluster.explosion;

/** The threads could not be had; nothing of them is left. The message is one line for a person. */
public final class ExplosionFailed extends Exception {
  private static final long serialVersionUID = 1L;

  ExplosionFailed(String message) {
    super(message);
  }

  ExplosionFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
