package io.pidcheck.bot.cluster.kubelet;

/** What one node's kubelet said when it was asked for its count. */
public record NodeReading(String node, KubeletAnswer<NodeTasks> count) {}
