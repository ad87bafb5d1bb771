package io.pidcheck.bot.evidence;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.cluster.Workloads;
import io.pidcheck.bot.evidence.EventSeen.Target;
import io.pidcheck.bot.evidence.NodeSeen.Condition;
import io.pidcheck.bot.evidence.ProbeSpec.Handler;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns API objects into what the rules look at; absent fields become empty ones. */
final class SeenObjects {

  private static final String CALICO_LABEL = "k8s-app";
  private static final String CALICO = "calico-node";
  private static final String MIRROR = "kubernetes.io/config.mirror";

  private SeenObjects() {}

  static NodeSeen node(Node node) {
    Optional<NodeSystemInfo> info =
        Optional.ofNullable(node.getStatus()).map(status -> status.getNodeInfo());
    return new NodeSeen(
        node.getMetadata().getName(),
        info.map(NodeSystemInfo::getContainerRuntimeVersion).orElse(""),
        info.map(NodeSystemInfo::getKubeletVersion).orElse(""),
        info.map(NodeSystemInfo::getBootID).orElse(""),
        node.getStatus() == null
            ? List.of()
            : node.getStatus().getConditions().stream().map(SeenObjects::condition).toList(),
        node.getSpec() == null
            ? List.of()
            : node.getSpec().getTaints().stream()
                .map(
                    taint ->
                        taint.getKey() + "=" + text(taint.getValue()) + ":" + taint.getEffect())
                .toList());
  }

  static PodSeen pod(Pod pod, PodRef ref) {
    Map<String, String> labels = orEmpty(pod.getMetadata().getLabels());
    Map<String, String> annotations = orEmpty(pod.getMetadata().getAnnotations());
    return new PodSeen(
        Workloads.cgroupUid(pod),
        ref,
        CALICO.equals(labels.get(CALICO_LABEL)),
        annotations.containsKey(MIRROR),
        pod.getStatus() == null ? "" : text(pod.getStatus().getPhase()),
        pod.getStatus() == null ? "" : text(pod.getStatus().getReason()),
        instant(pod.getMetadata().getCreationTimestamp()),
        pod.getSpec().getContainers().stream()
            .map(container -> container(container, status(pod, container.getName())))
            .toList());
  }

  static EventSeen event(Event event) {
    long count = event.getCount() == null ? 1 : event.getCount();
    String at = event.getEventTime() == null ? null : event.getEventTime().getTime();
    return new EventSeen(
        text(event.getType()),
        text(event.getReason()),
        text(event.getMessage()),
        Math.max(1, count),
        instant(event.getFirstTimestamp()).or(() -> instant(at)),
        instant(event.getLastTimestamp()).or(() -> instant(at)),
        new Target(
            text(event.getInvolvedObject().getKind()),
            text(event.getInvolvedObject().getNamespace()),
            text(event.getInvolvedObject().getName())));
  }

  private static Condition condition(NodeCondition condition) {
    return new Condition(
        text(condition.getType()),
        text(condition.getStatus()),
        text(condition.getReason()),
        text(condition.getMessage()),
        instant(condition.getLastTransitionTime()));
  }

  private static Optional<ContainerStatus> status(Pod pod, String name) {
    return pod.getStatus() == null
        ? Optional.empty()
        : pod.getStatus().getContainerStatuses().stream()
            .filter(status -> name.equals(status.getName()))
            .findFirst();
  }

  private static ContainerSeen container(Container container, Optional<ContainerStatus> status) {
    Optional<ContainerState> now = status.map(ContainerStatus::getState);
    Optional<ContainerStateTerminated> ended =
        status
            .map(ContainerStatus::getLastState)
            .map(ContainerState::getTerminated)
            .or(() -> now.map(ContainerState::getTerminated));
    return new ContainerSeen(
        container.getName(),
        text(container.getImage()),
        container.getResources() == null
            ? Map.of()
            : quantities(container.getResources().getRequests()),
        container.getResources() == null
            ? Map.of()
            : quantities(container.getResources().getLimits()),
        status.map(ContainerStatus::getReady).orElse(false),
        status.map(ContainerStatus::getRestartCount).orElse(0),
        now.map(ContainerState::getWaiting).map(waiting -> text(waiting.getReason())),
        ended.map(SeenObjects::termination),
        probe(container.getLivenessProbe()),
        probe(container.getReadinessProbe()));
  }

  private static Termination termination(ContainerStateTerminated ended) {
    return new Termination(
        text(ended.getReason()),
        ended.getExitCode() == null ? 0 : ended.getExitCode(),
        text(ended.getMessage()),
        instant(ended.getFinishedAt()));
  }

  private static Optional<ProbeSpec> probe(@Nullable Probe probe) {
    if (probe == null) {
      return Optional.empty();
    }
    // Kubernetes: the defaults are 10 s, 1 s and 3
    Duration period = seconds(probe.getPeriodSeconds(), 10);
    Duration timeout = seconds(probe.getTimeoutSeconds(), 1);
    int threshold = Objects.requireNonNullElse(probe.getFailureThreshold(), 3);
    return Optional.of(new ProbeSpec(handler(probe), target(probe), period, timeout, threshold));
  }

  private static Handler handler(Probe probe) {
    if (probe.getExec() != null) {
      return Handler.EXEC;
    }
    if (probe.getHttpGet() != null) {
      return Handler.HTTP_GET;
    }
    return probe.getGrpc() != null ? Handler.GRPC : Handler.TCP_SOCKET;
  }

  private static String target(Probe probe) {
    if (probe.getExec() != null) {
      return String.join(" ", probe.getExec().getCommand());
    }
    HTTPGetAction http = probe.getHttpGet();
    return http == null ? "" : ":" + http.getPort().getValue() + text(http.getPath());
  }

  private static Duration seconds(@Nullable Integer seconds, int byDefault) {
    return Duration.ofSeconds(Objects.requireNonNullElse(seconds, byDefault));
  }

  private static Map<String, String> quantities(@Nullable Map<String, Quantity> quantities) {
    return quantities == null
        ? Map.of()
        : quantities.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().toString()));
  }

  private static Optional<Instant> instant(@Nullable String timestamp) {
    try {
      return Optional.ofNullable(timestamp).map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
