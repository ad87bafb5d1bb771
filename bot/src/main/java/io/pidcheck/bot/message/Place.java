package io.pidcheck.bot.message;

import io.pidcheck.bot.cluster.PodRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whose a process is: its pod with the pod's workload and QoS, or the service that runs it. */
final class Place {

  private static final int NAME = 120;

  private final Texts texts;

  Place(Texts texts) {
    this.texts = texts;
  }

  /**
   * @param pod where the cluster knows it
   * @param uid the pod's, by its cgroup; empty outside pods
   */
  String of(Optional<PodRef> pod, Optional<String> uid, String cgroup) {
    if (pod.isPresent()) {
      return of(pod.get());
    }
    return uid.map(known -> texts.get("place.unknown-pod", Foreign.line(known, NAME)))
        .orElseGet(
            () ->
                cgroup.length() <= 1
                    ? texts.get("place.no-pod")
                    : texts.get("place.service", Foreign.line(cgroup, NAME)));
  }

  private static String of(PodRef pod) {
    List<String> parts = new ArrayList<>();
    parts.add(Foreign.line(pod.namespace() + "/" + pod.name(), NAME));
    pod.workload()
        .ifPresent(owner -> parts.add(Foreign.line(owner.kind() + " " + owner.name(), NAME)));
    if (!pod.qos().isEmpty()) {
      parts.add(Foreign.line(pod.qos(), NAME));
    }
    return String.join(" · ", parts);
  }
}
