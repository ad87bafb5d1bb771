package io.pidcheck.bot.rig;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real node that a test may fill up, by the commands that the environment names for it: {@code
 * $PIDCHECK_LEAVE_FREE}, a command that fills the node until as many PIDs are free as its argument
 * says, and empties it at {@code all}; and {@code $TESTBED}, with verbs. Both work from outside the
 * node.
 */
public final class FullNode {

  private static final String LEAVE_FREE = System.getenv().getOrDefault("PIDCHECK_LEAVE_FREE", "");
  private static final String TESTBED = System.getenv().getOrDefault("TESTBED", "");

  private static final Duration SOON = Duration.ofMinutes(2);
  private static final Pattern SERVICE =
      Pattern.compile("container_threads\\{container=\"order-service\".*} (\\d+) \\d+");

  private FullNode() {}

  /** Whether {@code $PIDCHECK_LEAVE_FREE} is there. */
  public static boolean canLeaveFree() {
    return !LEAVE_FREE.isEmpty();
  }

  public static void leaveFree(String pids) {
    Program.run(Stream.concat(Arrays.stream(LEAVE_FREE.split(" ")), Stream.of(pids)).toList());
  }

  /** Whether {@code $TESTBED} is there. */
  public static boolean hasTestbed() {
    return !TESTBED.isEmpty();
  }

  public static void testbed(String... arguments) {
    Program.run(Stream.concat(Stream.of(TESTBED), Arrays.stream(arguments)).toList());
  }

  /**
   * What a file of the node says, read past everything that is being tested. Takes a process on the
   * node. Linux 6.14: pid_max is that of the reader's PID namespace, so the reader has to be in the
   * node's.
   */
  public static String text(String file) {
    return Program.run(List.of("nsenter", "--target", kubelet(), "--pid", "--mount", "cat", file));
  }

  /** The names in a directory of the node. */
  public static List<String> names(String directory) {
    return Program.run(List.of("nsenter", "--target", kubelet(), "--mount", "ls", directory))
        .lines()
        .toList();
  }

  /**
   * Returns when the kubelet has counted the service that fills the node; that takes it a while.
   */
  public static void awaitCounted(KubernetesClient admin, String node) {
    await("the kubelet has counted it")
        .atMost(SOON)
        .until(
            () -> {
              String text = admin.raw("/api/v1/nodes/" + node + "/proxy/metrics/cadvisor");
              Matcher service = SERVICE.matcher(text);
              return service.find() && Long.parseLong(service.group(1)) > 3000;
            });
  }

  /** The container runtime's process, while there is one. */
  public static Optional<ProcessHandle> runtime() {
    return named("containerd");
  }

  /** The standby probes of all nodes; they may be of deploy/standby or of deploy/standby-act. */
  public static List<Pod> standbys(KubernetesClient admin) {
    return admin
        .pods()
        .inNamespace("pidcheck")
        .withLabel("app.kubernetes.io/component", "standby")
        .list()
        .getItems();
  }

  /** Whether a standby probe has the power to act. */
  public static boolean acts(Pod standby) {
    return "true".equals(standby.getMetadata().getLabels().get("pidcheck.io/standby-acts"));
  }

  /** Returns when the container runtime is dead, and has no PID left to be started again with. */
  public static void killRuntime() {
    runtime().ifPresent(ProcessHandle::destroyForcibly);
    await("its restart is refused").atMost(SOON).until(() -> runtime().isEmpty());
  }

  /** The standby probe's process, while there is one. */
  public static Optional<ProcessHandle> standby() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                List.of(process.info().arguments().orElse(new String[0])).contains("standby"))
        .findFirst();
  }

  private static String kubelet() {
    return Long.toString(named("kubelet").orElseThrow().pid());
  }

  private static Optional<ProcessHandle> named(String program) {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process.info().command().map(name -> name.endsWith("/" + program)).orElse(false))
        .findFirst();
  }
}
