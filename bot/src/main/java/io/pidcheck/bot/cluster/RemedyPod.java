package io.pidcheck.bot.cluster;

import java.time.Duration;
import java.util.List;

/**
 * How the pod of a remedy is made: as the probe's, with the one power that it needs.
 *
 * @param probe image, class and resources, which they share
 * @param serviceAccount without rights, and without a token in the pod
 * @param deadline from its release to its end (activeDeadlineSeconds)
 * @param grace between SIGTERM and SIGKILL
 * @param protect names of processes that are never killed, beside the built-in ones
 */
public record RemedyPod(
    ProbePod probe,
    String serviceAccount,
    Duration deadline,
    Duration grace,
    List<String> protect) {

  public RemedyPod {
    protect = List.copyOf(protect);
  }
}
