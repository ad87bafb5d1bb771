package io.pidcheck.bot.cluster;

import java.time.Duration;

/**
 * How the probe's pod is made.
 *
 * @param image with a version tag or a digest: unpacking a new image on a sick node forks
 * @param deadline the Job is ended after this (activeDeadlineSeconds)
 * @param ttl a finished Job is kept for this long (ttlSecondsAfterFinished); also how long an
 *     answer may be held up, when Slack is away, before it is lost
 * @param cpu request, as Kubernetes writes it; its share where the node's CPUs are all in use
 * @param memory request and limit, as Kubernetes writes it
 */
public record ProbePod(
    String image,
    Duration deadline,
    Duration ttl,
    String serviceAccount,
    String priorityClass,
    String cpu,
    String memory) {

  /**
   * Free PIDs. Measured on a node of 2 cores (bench/bench start): at 30 free the probe starts, if
   * not at the first try then at the second; at 27 it seldom does.
   */
  public static final long START_TAKES = 30;
}
