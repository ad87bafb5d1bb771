package io.pidcheck.bot.local.cluster.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The containers that have a process now, by the cookie that all their processes carry. */
final class RunningContainers {

  private final Map<String, RunningContainer> byCookie = new ConcurrentHashMap<>();

  /** One of them. */
  record RunningContainer(String cookie, Pod pod, String name, String image) {}

  void add(RunningContainer container) {
    byCookie.put(container.cookie(), container);
  }

  void remove(String cookie) {
    byCookie.remove(cookie);
  }

  List<RunningContainer> all() {
    return List.copyOf(byCookie.values());
  }
}
