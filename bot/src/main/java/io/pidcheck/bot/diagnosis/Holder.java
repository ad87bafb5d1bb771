package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.probe.report.ProcessUse;
import java.util.Optional;

/**
 * One process that holds very many PIDs.
 *
 * @param pod whose process it is, where it is a pod's that the cluster knows
 * @param share of the ceiling that it is measured against
 */
public record Holder(
    ProcessUse process, Optional<PodRef> pod, double share, Protection protection) {}
