package io.pidcheck.bot;

import io.pidcheck.bot.cluster.kubelet.NodeTasks;
import io.pidcheck.bot.cluster.kubelet.PidPoll;
import io.pidcheck.bot.incident.Incident.Shortage;
import io.pidcheck.bot.watch.CalicoWatch;
import java.time.Clock;

/** Has a node's incident opened when its kubelet counts too few free PIDs. */
record Shortages(CalicoWatch watch, Clock clock) implements PidPoll.Listener {

  @Override
  public void low(String node, NodeTasks tasks) {
    watch.shortage(node, Shortage.counted(clock.instant(), tasks.freeAtLeast(), tasks.maxPid()));
  }

  @Override
  public void enough(String node, NodeTasks tasks) {
    watch.enough(node); // whether an incident is over it asks for itself: PidsNow
  }
}
