package io.pidcheck.bot.local.cluster.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a container becomes a process.
 *
 * @param environment all of it: nothing of this JVM's is handed on but PATH
 * @param terminationLog where the process leaves its termination message
 */
record Launch(
    List<String> command,
    Map<String, String> environment,
    Path workingDirectory,
    Path terminationLog) {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_]*)\\)");

  Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /**
   * The container's command (else the image's entrypoint) with its arguments, environment and
   * mounts resolved.
   */
  static Launch of(Pod pod, Container container, List<String> entrypoint, PodDirectory directory)
      throws IOException {
    Path terminationLog = directory.terminationLog(container.getName());
    PathTranslation paths = new PathTranslation(places(pod, container, directory, terminationLog));
    Map<String, String> environment = environment(pod, container);
    List<String> command = new ArrayList<>();
    if (container.getCommand().isEmpty()) {
      command.addAll(entrypoint); // of this machine already, not of an image
    }
    List<String> told = new ArrayList<>(container.getCommand());
    told.addAll(container.getArgs());
    told.forEach(word -> command.add(paths.translate(expand(word, environment))));
    environment.replaceAll((name, value) -> paths.translate(value));
    Optional.ofNullable(System.getenv("PATH"))
        .ifPresent(path -> environment.putIfAbsent("PATH", path));
    environment.putIfAbsent("HOSTNAME", pod.getMetadata().getName());
    environment.putIfAbsent("LANG", "C.UTF-8");
    return new Launch(command, environment, directory.work(), terminationLog);
  }

  private static Map<String, String> places(
      Pod pod, Container container, PodDirectory directory, Path terminationLog)
      throws IOException {
    Map<String, String> places = new HashMap<>();
    for (var mount : container.getVolumeMounts()) {
      for (Volume volume : pod.getSpec().getVolumes()) {
        if (volume.getName().equals(mount.getName())) {
          place(volume, directory).ifPresent(place -> places.put(mount.getMountPath(), place));
        }
      }
    }
    places.put(container.getTerminationMessagePath(), terminationLog.toString());
    return places;
  }

  private static Optional<String> place(Volume volume, PodDirectory directory) throws IOException {
    if (volume.getHostPath() != null) {
      return Optional.of(volume.getHostPath().getPath());
    }
    if (volume.getEmptyDir() != null) {
      return Optional.of(directory.emptyDir(volume.getName()).toString());
    }
    return Optional.empty();
  }

  private static Map<String, String> environment(Pod pod, Container container) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (EnvVar variable : container.getEnv()) {
      Optional.ofNullable(variable.getValueFrom())
          .flatMap(source -> Optional.ofNullable(source.getFieldRef()))
          .map(field -> fieldOf(pod, field))
          .or(() -> Optional.ofNullable(variable.getValue()))
          .ifPresent(value -> environment.put(variable.getName(), expand(value, environment)));
    }
    return environment;
  }

  // https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
  private static String fieldOf(Pod pod, ObjectFieldSelector field) {
    return switch (field.getFieldPath()) {
      case "metadata.name" -> pod.getMetadata().getName();
      case "metadata.namespace" -> pod.getMetadata().getNamespace();
      case "metadata.uid" -> pod.getMetadata().getUid();
      case "spec.nodeName" -> pod.getSpec().getNodeName();
      case "spec.serviceAccountName" -> pod.getSpec().getServiceAccountName();
      case "status.podIP", "status.hostIP" -> PodStatuses.ADDRESS;
      default -> "";
    };
  }

  /** {@code $(NAME)} as Kubernetes expands it: an unknown name stays as it is. */
  private static String expand(String text, Map<String, String> environment) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(environment.getOrDefault(found.group(1), found.group())));
  }
}
