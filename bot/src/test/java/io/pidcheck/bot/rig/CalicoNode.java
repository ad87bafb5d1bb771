package io.pidcheck.bot.rig;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** calico-node on a real cluster of one node, as an administrator sees it. */
public record CalicoNode(KubernetesClient admin) {

  private static final Duration STARTS = Duration.ofMinutes(4);

  /** Makes a new one and waits for it: events outlive pods, and this one has none yet. */
  public void renew() {
    admin.pods().inAnyNamespace().withLabel("k8s-app", "calico-node").delete();
    admin
        .pods()
        .inAnyNamespace()
        .withLabel("k8s-app", "calico-node")
        .waitUntilCondition(CalicoNode::isNew, STARTS.toSeconds(), TimeUnit.SECONDS);
  }

  public Pod pod() {
    return admin
        .pods()
        .inAnyNamespace()
        .withLabel("k8s-app", "calico-node")
        .list()
        .getItems()
        .getFirst();
  }

  public int restarts() {
    return restarts(pod());
  }

  public boolean ready() {
    return pod().getStatus().getConditions().stream()
        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  /** The events of its present pod. */
  public Stream<Event> events() {
    return admin
        .v1()
        .events()
        .inAnyNamespace()
        .withField("involvedObject.name", pod().getMetadata().getName())
        .list()
        .getItems()
        .stream();
  }

  /** Of all containers of any pod. */
  public static int restarts(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .mapToInt(ContainerStatus::getRestartCount)
        .sum();
  }

  private static boolean isNew(Pod pod) {
    return pod != null
        && pod.getMetadata().getDeletionTimestamp() == null
        && pod.getStatus().getContainerStatuses().stream().anyMatch(ContainerStatus::getReady)
        && restarts(pod) == 0;
  }
}
