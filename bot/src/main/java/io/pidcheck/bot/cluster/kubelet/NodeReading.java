package io.pidcheck.bot.cluster.kubelet;

import java.time.Duration;

/**
 * What one node's kubelet said when it was asked for its count.
 *
 * @param age since it said so; zero where it was asked for this
 */
public record NodeReading(String node, KubeletAnswer<NodeTasks> count, Duration age) {

  public NodeReading(String node, KubeletAnswer<NodeTasks> count) {
    this(node, count, Duration.ZERO);
  }
}
