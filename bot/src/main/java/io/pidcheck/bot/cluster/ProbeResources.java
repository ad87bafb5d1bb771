package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Map;

/**
 * What a probe's container asks of a node. Its CPU is requested, which makes its share, and not
 * limited: a limit stops it for the rest of each 100 ms (kernel doc, sched-bwc), and it holds its
 * PIDs all the longer. Measured, on a busy machine: a look took 2.6 s at a limit of 250m, and 0.5 s
 * without. Without a limit the pod is Burstable; system-node-critical gives it the oom_score_adj of
 * a Guaranteed one all the same.
 */
final class ProbeResources {

  // named, or the API server takes the limits for requests
  private static final Map<String, Quantity> NOTHING =
      Map.of("cpu", new Quantity("0"), "memory", new Quantity("0"));

  private ProbeResources() {}

  static ResourceRequirements of(ProbePod probe, NodeRoom room) {
    Quantity memory = new Quantity(probe.memory());
    Map<String, Quantity> wanted = Map.of("cpu", new Quantity(probe.cpu()), "memory", memory);
    return new ResourceRequirementsBuilder()
        .withRequests(room.forRequests() ? wanted : NOTHING)
        .withLimits(Map.of("memory", memory))
        .build();
  }
}
