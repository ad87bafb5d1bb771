package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Remedy.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of the node that an act may write: each mounted alone, and nothing beside it. */
record RemedyFiles(List<Mounted> files) {

  static final String PID_MAX = "/host/pid_max";
  static final String THREADS_MAX = "/host/threads_max";
  static final String SYSCTL_DIR = "/host/sysctl.d";
  private static final String FILE = "File";
  private static final String DIRECTORY = "DirectoryOrCreate";

  /**
   * @param onNode its path on the node
   * @param inside its path in the container
   * @param type as Kubernetes names it: File, DirectoryOrCreate
   */
  record Mounted(String volume, String onNode, String inside, String type) {}

  RemedyFiles {
    files = List.copyOf(files);
  }

  static RemedyFiles of(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Kill kill -> new RemedyFiles(List.of());
      case Remedy.DeletePod delete -> new RemedyFiles(List.of());
      case Remedy.RaisePidMax raise ->
          of(raise.threadsMax().isPresent(), raise.cgroups(), raise.persisted());
      case Remedy.Undo undo ->
          of(
              undo.values().stream().anyMatch(value -> value.what().equals(Value.THREADS_MAX)),
              undo.values().stream().map(Value::what).filter(what -> what.startsWith("/")).toList(),
              undo.removePersisted());
    };
  }

  private static RemedyFiles of(boolean threadsMax, List<String> cgroups, boolean persisted) {
    List<Mounted> files = new ArrayList<>();
    files.add(new Mounted("pid-max", "/proc/sys/kernel/pid_max", PID_MAX, FILE));
    if (threadsMax) {
      files.add(new Mounted("threads-max", "/proc/sys/kernel/threads-max", THREADS_MAX, FILE));
    }
    for (int i = 0; i < cgroups.size(); i++) {
      files.add(new Mounted("cgroup-" + i, cgroups.get(i), cgroup(i), FILE));
    }
    if (persisted) {
      files.add(new Mounted("sysctl-d", "/etc/sysctl.d", SYSCTL_DIR, DIRECTORY));
    }
    return new RemedyFiles(files);
  }

  static String cgroup(int index) {
    return "/host/cgroup-" + index + "/pids.max";
  }

  /** The node's path of a file that the program names by its path in the container. */
  static String onNode(Remedy remedy, String inside) {
    return of(remedy).files().stream()
        .filter(file -> file.inside().equals(inside))
        .map(Mounted::onNode)
        .findFirst()
        .orElseGet(
            () -> StandbyArguments.onNode(inside.replaceFirst("^" + SYSCTL_DIR, "/etc/sysctl.d")));
  }

  Optional<String> inside(String onNode) {
    return files.stream()
        .filter(file -> file.onNode().equals(onNode))
        .map(Mounted::inside)
        .findFirst();
  }

  List<Volume> volumes() {
    return files.stream()
        .map(
            file ->
                new VolumeBuilder()
                    .withName(file.volume())
                    .withNewHostPath()
                    .withPath(file.onNode())
                    .withType(file.type())
                    .endHostPath()
                    .build())
        .toList();
  }

  List<VolumeMount> mounts() {
    return files.stream()
        .map(
            file ->
                new VolumeMountBuilder()
                    .withName(file.volume())
                    .withMountPath(file.inside())
                    .build())
        .toList();
  }
}
