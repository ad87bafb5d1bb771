package io.pidcheck.bot.local.cluster.api;

import java.util.Optional;

/** Where the API server gets a pod's log from: the kubelet. */
public interface PodLogs {

  /**
   * Which log.
   *
   * @param previous of the container's run before the present one
   */
  record Request(
      String namespace, String pod, String podUid, Optional<String> container, boolean previous) {}

  /** A log, or why there is none. */
  sealed interface Found {
    record Log(ContainerLog log) implements Found {}

    /**
     * @param code the HTTP code, 400 or more
     * @param reason as in a Status, e.g. {@code BadRequest}
     */
    record Refused(int code, String reason, String message) implements Found {}
  }

  /** Must not block. */
  Found find(Request request);
}
