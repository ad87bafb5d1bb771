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
  private final Map<String, Map<String, Runs>> pods = new ConcurrentHashMap<>();

  /** A container's log, or why it has none yet. */
  private sealed interface Entry {
    record Written(ContainerLog log) implements Entry {}

    record Waiting(String reason) implements Entry {}
  }

  /** A container's present run, and the log of the one before. */
  private record Runs(Entry now, Optional<ContainerLog> before) {

    Runs then(Entry next) {
      return now instanceof Entry.Written(ContainerLog log)
              && !(next instanceof Entry.Written(ContainerLog same) && same == log)
          ? new Runs(next, Optional.of(log))
          : new Runs(next, before);
    }
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
    put(podUid, container, new Entry.Written(log));
  }

  void waiting(String podUid, String container, String reason) {
    put(podUid, container, new Entry.Waiting(reason));
  }

  void forget(String podUid) {
    pods.remove(podUid);
  }

  private void put(String podUid, String container, Entry entry) {
    pods.computeIfAbsent(podUid, uid -> new ConcurrentHashMap<>())
        .merge(container, new Runs(entry, Optional.empty()), (runs, next) -> runs.then(entry));
  }

  private Found findOnNode(Request request) {
    Map<String, Runs> containers = pods.getOrDefault(request.podUid(), Map.of());
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
        .map(
            runs ->
                request.previous() ? before(request, name, runs) : found(request, name, runs.now()))
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

  private static Found before(Request request, String name, Runs runs) {
    return runs.before()
        .<Found>map(Found.Log::new)
        .orElseGet(
            () ->
                badRequest(
                    "previous terminated container \"%s\" in pod \"%s\" not found"
                        .formatted(name, request.pod())));
  }

  private static Found badRequest(String message) {
    return new Found.Refused(400, "BadRequest", message);
  }
}
