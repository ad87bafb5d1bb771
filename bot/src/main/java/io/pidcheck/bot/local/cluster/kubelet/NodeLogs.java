package io.pidcheck.bot.local.cluster.kubelet;

import io.pidcheck.bot.local.cluster.api.ContainerLog;
import io.pidcheck.bot.local.cluster.api.PodLogs;
import io.pidcheck.bot.local.cluster.fault.ClusterFault;
import io.pidcheck.bot.local.cluster.fault.Faults;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The logs on the node, kept for as long as their pod object is. */
public final class NodeLogs implements PodLogs {
  private final Faults faults;
  private final Map<String, Map<String, Entry>> pods = new ConcurrentHashMap<>();

  /** A container's log, or why it has none yet. */
  private sealed interface Entry {
    record Written(ContainerLog log) implements Entry {}

    record Waiting(String reason) implements Entry {}
  }

  public NodeLogs(Faults faults) {
    this.faults = faults;
  }

  @Override
  public Found find(Request request) {
    Optional<Found> fault =
        faults
            .inForce(ClusterFault.LogsUnavailable.class)
            .map(gone -> new Found.Refused(500, "InternalError", gone.message()));
    return fault.orElseGet(() -> findOnNode(request));
  }

  void write(String podUid, String container, ContainerLog log) {
    of(podUid).put(container, new Entry.Written(log));
  }

  void waiting(String podUid, String container, String reason) {
    of(podUid).put(container, new Entry.Waiting(reason));
  }

  void forget(String podUid) {
    pods.remove(podUid);
  }

  private Map<String, Entry> of(String podUid) {
    return pods.computeIfAbsent(podUid, uid -> new ConcurrentHashMap<>());
  }

  private Found findOnNode(Request request) {
    Map<String, Entry> containers = pods.getOrDefault(request.podUid(), Map.of());
    List<String> names = containers.keySet().stream().sorted().toList();
    if (names.isEmpty()) {
      return badRequest("pod %s has no process on this node".formatted(request.pod()));
    }
    if (request.container().isEmpty() && names.size() > 1) {
      return badRequest(
          "a container name must be specified for pod %s, choose one of: %s"
              .formatted(request.pod(), names));
    }
    String name = request.container().orElseGet(names::getFirst);
    return Optional.ofNullable(containers.get(name))
        .map(entry -> found(request, name, entry))
        .orElseGet(
            () ->
                badRequest("container %s is not valid for pod %s".formatted(name, request.pod())));
  }

  private static Found found(Request request, String name, Entry entry) {
    return switch (entry) {
      case Entry.Written(ContainerLog log) -> new Found.Log(log);
      case Entry.Waiting(String reason) ->
          badRequest(
              "container \"%s\" in pod \"%s\" is waiting to start: %s"
                  .formatted(name, request.pod(), reason));
    };
  }

  private static Found badRequest(String message) {
    return new Found.Refused(400, "BadRequest", message);
  }
}
