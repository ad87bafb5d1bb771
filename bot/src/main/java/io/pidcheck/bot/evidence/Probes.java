package io.pidcheck.bot.evidence;

import io.pidcheck.bot.cluster.CheckJob;
import io.pidcheck.bot.cluster.ClusterException;
import java.util.List;

/** Tells how a check stands. */
public interface Probes {

  /**
   * Looks once.
   *
   * @throws ClusterException when the API server cannot be asked: look again later
   */
  ProbeProgress read(CheckJob job);

  /**
   * What the cluster said of the check's own Job and pods.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  List<EventSeen> said(CheckJob job);
}
