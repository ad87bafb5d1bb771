package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** The API server's considered "no", told from a broken edge. */
final class Refusals {

  private static final int UNPROCESSABLE = 422;

  private Refusals() {}

  // 400 and 5xx other than 500 are broken edges
  static boolean considered(KubernetesClientException e) {
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_FORBIDDEN, UNPROCESSABLE, HttpURLConnection.HTTP_NOT_FOUND ->
          true;
      default -> false;
    };
  }

  /** Its words, or the code where it has none. */
  static String words(KubernetesClientException e) {
    String status = e.getStatus() == null ? null : e.getStatus().getMessage();
    String message = status == null ? e.getMessage() : status;
    return message == null ? "HTTP " + e.getCode() : message;
  }
}
