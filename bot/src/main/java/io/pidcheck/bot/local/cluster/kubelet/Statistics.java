package io.pidcheck.bot.local.cluster.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.pidcheck.bot.local.cluster.kubelet.RunningContainers.RunningContainer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the kubelet counts, in the words of the real one's two endpoints. All of it is true of this
 * machine; there are no cgroups here, so a container's path is made up and has no limit.
 */
final class Statistics {

  private static final Path PROC = Path.of("/proc");

  private final String nodeName;
  private final RunningContainers containers;
  private final Clock clock;

  Statistics(String nodeName, RunningContainers containers, Clock clock) {
    this.nodeName = nodeName;
    this.containers = containers;
    this.clock = clock;
  }

  /** /stats/summary, without what nobody here counts: CPU, memory, disks, the pods. */
  String summary() throws IOException {
    NodeCount count = NodeCount.read(PROC);
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    ObjectNode node = summary.putObject("node").put("nodeName", nodeName);
    node.putObject("rlimit")
        .put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("maxpid", count.maxPid())
        .put("curproc", count.tasks());
    summary.putArray("pods");
    return summary.toPrettyString();
  }

  /** Of /metrics/cadvisor the three series that speak of tasks. */
  String cadvisor() {
    Map<String, ProcessTree.Count> census = ProcessTree.census();
    StringBuilder processes = head("container_processes", "Number of processes running");
    StringBuilder threads = head("container_threads", "Number of threads running");
    StringBuilder most = head("container_threads_max", "Maximum number of threads allowed");
    for (StringBuilder text : List.of(processes, threads, most)) {
      root(text);
    }
    for (RunningContainer container : containers.all()) {
      ProcessTree.Count count = census.getOrDefault(container.cookie(), ProcessTree.Count.NONE);
      sample(processes, "container_processes", container, count.processes());
      sample(threads, "container_threads", container, count.threads());
      sample(most, "container_threads_max", container, 0);
    }
    return processes.append(threads).append(most).toString();
  }

  private static StringBuilder head(String name, String help) {
    return new StringBuilder()
        .append("# HELP %s %s inside the container%n".formatted(name, help))
        .append("# TYPE %s gauge%n".formatted(name));
  }

  // the real one names the root too, and counts 0 there
  private void root(StringBuilder text) {
    String name = text.substring("# HELP ".length(), text.indexOf(" ", "# HELP ".length()));
    text.append("%s{container=\"\",id=\"/\"} 0 %d\n".formatted(name, clock.millis()));
  }

  private void sample(StringBuilder text, String name, RunningContainer container, long value) {
    Pod pod = container.pod();
    String id =
        "/kubepods/%s/pod%s/%s"
            .formatted(
                String.valueOf(pod.getStatus().getQosClass()).toLowerCase(Locale.ROOT),
                pod.getMetadata().getUid(),
                container.cookie());
    text.append(
        "%s{container=\"%s\",id=\"%s\",image=\"%s\",name=\"%s\",namespace=\"%s\",pod=\"%s\"} %d %d\n"
            .formatted(
                name,
                container.name(),
                id,
                container.image(),
                container.cookie(),
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                value,
                clock.millis()));
  }
}
