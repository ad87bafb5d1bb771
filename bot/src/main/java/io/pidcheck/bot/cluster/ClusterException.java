package io.pidcheck.bot.cluster;

/** The Kubernetes API did not do what was asked; the message says what, in one line. */
public final class ClusterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ClusterException(String doing, Throwable cause) {
    super(doing + ": " + firstLine(cause), cause);
  }

  private static String firstLine(Throwable cause) {
    String message = cause.getMessage();
    if (message == null || message.isBlank()) {
      return cause.getClass().getSimpleName();
    }
    return message.lines().findFirst().orElse("");
  }
}
