package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.diagnosis.Culprit.ManyPods;
import io.pidcheck.probe.report.OwnerUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/** Workloads that fill a node by the number of their pods. */
final class Swarms {

  private record Workload(String namespace, PodRef.Workload controller) {}

  private static final class Swarm {
    private final PodRef biggest;
    private long pods;
    private long threads;
    private long processes;

    Swarm(PodRef biggest) {
      this.biggest = biggest;
    }

    void add(OwnerUse pod) {
      pods++;
      threads += pod.threads();
      processes += pod.processes();
    }
  }

  private Swarms() {}

  /**
   * @param pods the most tasks first
   * @param whole the ceiling that shares are of
   * @param standsOut how many tasks explain a shortage
   */
  static List<ManyPods> in(Scene scene, List<OwnerUse> pods, long whole, LongPredicate standsOut) {
    Map<Workload, Swarm> swarms = new LinkedHashMap<>();
    for (OwnerUse owner : pods) {
      scene
          .pod(owner.podUid())
          .filter(pod -> pod.workload().isPresent())
          .ifPresent(
              pod ->
                  swarms
                      .computeIfAbsent(
                          new Workload(pod.namespace(), pod.workload().orElseThrow()),
                          workload -> new Swarm(pod))
                      .add(owner));
    }
    return swarms.values().stream()
        .filter(swarm -> swarm.pods > 1 && standsOut.test(swarm.threads))
        .map(
            swarm ->
                new ManyPods(
                    swarm.biggest,
                    swarm.pods,
                    swarm.threads,
                    swarm.processes,
                    (double) swarm.threads / whole))
        .toList();
  }
}
