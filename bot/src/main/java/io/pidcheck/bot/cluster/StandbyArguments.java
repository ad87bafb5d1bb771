package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the standby probe is told, from what the Job's own pod would be told. It has the node's
 * cgroups as one tree, and not the single files that an act needs; else it has all at the same
 * places.
 */
final class StandbyArguments {

  private static final String ON_NODE = "/sys/fs/cgroup/";
  private static final String INSIDE = "/host/cgroup/";
  private static final String LOOK = "inspect";

  private StandbyArguments() {}

  static boolean looks(Job job) {
    return container(job).getArgs().getFirst().equals(LOOK);
  }

  static List<String> of(Job job) {
    if (looks(job)) {
      return List.of(LOOK); // where it looks is its own affair
    }
    Map<String, String> moved = moved(job);
    return container(job).getArgs().stream().map(argument -> moved(argument, moved)).toList();
  }

  /** The node's path of what the standby probe was given under a path of its own. */
  static String onNode(String inside) {
    return inside.startsWith(INSIDE) ? ON_NODE + inside.substring(INSIDE.length()) : inside;
  }

  private static String moved(String argument, Map<String, String> moved) {
    String path = argument;
    for (Map.Entry<String, String> file : moved.entrySet()) {
      path = path.replace(file.getKey(), file.getValue());
    }
    return path;
  }

  private static Map<String, String> moved(Job job) {
    PodSpec pod = job.getSpec().getTemplate().getSpec();
    Map<String, String> moved = new HashMap<>();
    for (VolumeMount mount : container(job).getVolumeMounts()) {
      pod.getVolumes().stream()
          .filter(volume -> volume.getName().equals(mount.getName()))
          .filter(volume -> volume.getHostPath() != null)
          .map(Volume::getHostPath)
          .filter(host -> host.getPath().startsWith(ON_NODE))
          .forEach(
              host ->
                  moved.put(
                      mount.getMountPath(), INSIDE + host.getPath().substring(ON_NODE.length())));
    }
    return moved;
  }

  private static Container container(Job job) {
    return job.getSpec().getTemplate().getSpec().getContainers().getFirst();
  }
}
