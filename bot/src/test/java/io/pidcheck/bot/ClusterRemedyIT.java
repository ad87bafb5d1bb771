package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.RealCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Acts on a real node with 30 free PIDs, from the page to the kernel. {@code $TESTBED} is the
 * testbed's script, which fills the node and empties it: a node that others need is no place for
 * this.
 */
@Tag("cluster")
class ClusterRemedyIT {

  private static final int FREE = 30;
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final KubernetesClient ADMIN =
      new KubernetesClientBuilder().withConfig(Config.autoConfigure(null)).build();

  private static RealCluster rig;
  private static String node;

  @BeforeAll
  static void start() {
    String reason = "$TESTBED names no testbed: nothing here may fill a node up";
    if (System.getenv("TESTBED") == null) {
      System.err.println(reason);
    }
    assumeTrue(System.getenv("TESTBED") != null, reason);
    node = ADMIN.nodes().list().getItems().getFirst().getMetadata().getName();
    rig = RealCluster.start(Map.of("PIDCHECK_REMEDY_LOOK_AGAIN", "30s"));
  }

  private static void fillTheNode() {
    testbed("explode", "2000");
    testbed("free", Integer.toString(FREE));
  }

  @AfterEach
  void emptyTheNode() {
    testbed("relieve");
  }

  @AfterAll
  static void stop() {
    if (System.getenv("TESTBED") != null) {
      rig.close();
    }
    ADMIN.close();
  }

  @Test
  void killsFromThePageAtThirtyFreePids() {
    fillTheNode();
    Person alex = rig.person(0);
    JsonNode diagnosis = diagnosis(alex);
    Pod before = offender();
    alex.clicks(diagnosis, Person.button(diagnosis, "Kill "));
    JsonNode ended =
        alex.sees(
            "the outcome",
            message ->
                message.path("ts").equals(diagnosis.path("ts"))
                    && Person.shown(message).contains("Before:"));
    System.out.println(Person.shown(ended));
    assertThat(Person.shown(ended)).contains("dotnet").contains("by <@" + alex.id() + ">");
    await("its controller starts it again")
        .atMost(SOON)
        .until(
            () ->
                offenders().stream()
                    .anyMatch(
                        pod ->
                            restarts(pod) > restarts(before)
                                || !pod.getMetadata()
                                    .getUid()
                                    .equals(before.getMetadata().getUid())));
    assertThat(Person.shown(alex.sees("calico-node", ClusterRemedyIT::tellsOfCalico)))
        .contains("Ready");
    await("calico-node is Ready").atMost(SOON).until(ClusterRemedyIT::calicoReady);
    assertThat(audit()).contains("PidcheckKillRequested", "PidcheckKillDone");
  }

  @Test
  void raisesFromThePageAtThirtyFreePidsAndGivesBack() {
    fillTheNode();
    Settings before = Settings.read();
    Person alex = rig.person(0);
    JsonNode diagnosis = diagnosis(alex);
    JsonNode raise = Person.button(diagnosis, "Raise pid_max to");
    assertThat(raise.path("confirm").toString()).contains("/kubepods");
    alex.clicks(diagnosis, raise);
    JsonNode ended =
        alex.sees(
            "the outcome",
            message -> message.path("ts").equals(diagnosis.path("ts")) && tellsOfCalico(message));
    System.out.println(Person.shown(ended));
    String raised = Long.toString(4 * Long.parseLong(before.pidMax()));
    assertThat(Settings.read())
        .isEqualTo(new Settings(raised, before.threadsMax(), raised, before.other()));
    testbed("relieve"); // below what is in use it is not given back
    alex.clicks(ended, Person.button(ended, "Undo"));
    await("given back").atMost(SOON).until(() -> Settings.read().equals(before));
    alex.reads("Undo the raise");
    assertThat(audit()).contains("PidcheckRaisePidMaxDone", "PidcheckUndoRequested");
  }

  @Test
  void persistsARaiseFromThePageAndForgetsItAgain() {
    testbed("explode", "3400"); // full enough that a raise is advised, with room for its pod
    Settings before = Settings.read();
    Person alex = rig.person(0);
    JsonNode diagnosis = diagnosis(alex);
    JsonNode raise = Person.button(diagnosis, "Raise to");
    assertThat(raise.path("confirm").toString()).contains("/etc/sysctl.d/99-pidcheck.conf");
    alex.clicks(diagnosis, raise);
    JsonNode ended =
        alex.sees(
            "the outcome",
            message -> message.path("ts").equals(diagnosis.path("ts")) && tellsOfCalico(message));
    System.out.println(Person.shown(ended));
    String raised = Long.toString(4 * Long.parseLong(before.pidMax()));
    assertThat(Person.shown(ended)).contains("Kept over a reboot");
    assertThat(Settings.text("/etc/sysctl.d/99-pidcheck.conf"))
        .startsWith("# Written by pidcheck.")
        .endsWith("\nkernel.pid_max = " + raised);
    testbed("relieve");
    alex.clicks(ended, Person.button(ended, "Undo"));
    await("given back").atMost(SOON).until(() -> Settings.read().equals(before));
    await("forgotten").atMost(SOON).until(() -> !Settings.sysctls().contains("99-pidcheck.conf"));
  }

  @Test
  void deletesAPodFromThePageAndItsControllerMakesAnother() {
    testbed("explode", "2500");
    Person alex = rig.person(0);
    JsonNode diagnosis = diagnosis(alex);
    Pod before = offender();
    JsonNode button = Person.button(diagnosis, "Delete pod");
    assertThat(button.path("confirm").toString())
        .contains("shop/" + before.getMetadata().getName())
        .contains("Deployment order-service");
    alex.clicks(diagnosis, button);
    JsonNode ended =
        alex.sees(
            "the outcome",
            message ->
                message.path("ts").equals(diagnosis.path("ts"))
                    && Person.shown(message).contains("Before:")
                    && tellsOfCalico(message));
    System.out.println(Person.shown(ended));
    assertThat(Person.shown(ended))
        .contains("Deleted; it ends with its own grace period.")
        .contains("by <@" + alex.id() + ">");
    await("its controller made another")
        .atMost(SOON)
        .until(
            () ->
                offenders().stream()
                    .noneMatch(pod -> uid(pod).equals(uid(before)) || restarts(pod) > 0));
    assertThat(offenders()).hasSize(1);
    assertThat(audit()).contains("PidcheckDeletePodRequested", "PidcheckDeletePodDone");
  }

  @Test
  void saysInTheThreadThatTheCulpritCameBack() {
    testbed("explode", "2500");
    Person alex = rig.person(0);
    JsonNode diagnosis = diagnosis(alex);
    alex.clicks(diagnosis, Person.button(diagnosis, "Kill "));
    alex.sees(
        "the outcome",
        message ->
            message.path("ts").equals(diagnosis.path("ts"))
                && Person.shown(message).contains("Before:"));
    testbed("explode", "2900"); // its container is there again, and leaks more than before
    JsonNode told =
        alex.patientlySees(
            "the culprit is back",
            message ->
                message.path("thread_ts").equals(diagnosis.path("ts"))
                    && !message.path("ts").equals(diagnosis.path("ts"))
                    && Person.shown(message).contains("It came back"));
    System.out.println(Person.shown(told));
    assertThat(Person.shown(told)).containsPattern("holds 2,9\\d\\d tasks now, 2,5\\d\\d before");
  }

  /** Restarted by its liveness probe, it waits: it is not Ready also when there is room again. */
  @Test
  void tellsWhenCalicoNodeIsReadyAgain() {
    testbed("explode", "2000");
    testbed("free", "18");
    await("calico-node is restarted, and waits")
        .atMost(Duration.ofMinutes(4))
        .until(() -> calico().stream().anyMatch(ClusterRemedyIT::backsOff));
    testbed("free", "100");
    Person alex = rig.person(0);
    JsonNode diagnosis = diagnosis(alex);
    assertThat(calicoReady()).isFalse();
    alex.clicks(diagnosis, Person.button(diagnosis, "Kill "));
    JsonNode told =
        alex.patientlySees(
            "calico-node",
            message -> message.path("ts").equals(diagnosis.path("ts")) && tellsOfCalico(message));
    System.out.println(Person.shown(told));
    assertThat(Person.shown(told)).contains("calico-node: Ready again after");
    assertThat(calicoReady()).isTrue();
  }

  private static boolean backsOff(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .map(status -> status.getState().getWaiting())
        .anyMatch(waiting -> waiting != null && "CrashLoopBackOff".equals(waiting.getReason()));
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }

  /** What the node has, read past everything that is being tested. */
  private record Settings(String pidMax, String threadsMax, String kubepods, String other) {

    static Settings read() {
      return new Settings(
          text("/proc/sys/kernel/pid_max"),
          text("/proc/sys/kernel/threads-max"),
          text("/sys/fs/cgroup/pids/kubepods/pids.max"),
          text("/sys/fs/cgroup/pids/kubepods/besteffort/pids.max"));
    }

    // Linux 6.14: pid_max is that of the reader's PID namespace, so the reader has to be in the
    // node's
    private static String text(String file) {
      return output(
          "nsenter", "--target", Long.toString(kubelet()), "--pid", "--mount", "cat", file);
    }

    static List<String> sysctls() {
      return output(
              "nsenter", "--target", Long.toString(kubelet()), "--mount", "ls", "/etc/sysctl.d")
          .lines()
          .toList();
    }

    private static long kubelet() {
      return ProcessHandle.allProcesses()
          .filter(
              process ->
                  process.info().command().map(name -> name.endsWith("/kubelet")).orElse(false))
          .findFirst()
          .orElseThrow()
          .pid();
    }
  }

  private static JsonNode diagnosis(Person person) {
    List<JsonNode> earlier = person.messages().stream().map(message -> message.path("ts")).toList();
    person.say("/pidcheck node " + node + " force"); // below 60 free it is not started unasked
    return person.sees(
        "buttons of this answer",
        message -> !earlier.contains(message.path("ts")) && Person.buttons(message).size() > 1);
  }

  private static boolean tellsOfCalico(JsonNode message) {
    String shown = Person.shown(message);
    return shown.contains("calico-node is Ready")
        || shown.contains("calico-node: Ready again")
        || shown.contains("calico-node: still not Ready");
  }

  private static Pod offender() {
    return offenders().getFirst();
  }

  private static List<Pod> offenders() {
    return ADMIN.pods().inNamespace("shop").withLabel("app", "order-service").list().getItems();
  }

  private static int restarts(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .mapToInt(status -> status.getRestartCount())
        .sum();
  }

  private static List<Pod> calico() {
    return ADMIN
        .pods()
        .inNamespace("kube-system")
        .withLabel("k8s-app", "calico-node")
        .list()
        .getItems();
  }

  private static boolean calicoReady() {
    return calico().stream()
        .flatMap(pod -> pod.getStatus().getConditions().stream())
        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  private static List<String> audit() {
    return ADMIN
        .v1()
        .events()
        .inNamespace("default")
        .withField("involvedObject.kind", "Node")
        .withField("involvedObject.name", node)
        .list()
        .getItems()
        .stream()
        .map(Event::getReason)
        .toList();
  }

  private static void testbed(String... arguments) {
    List<String> command = new ArrayList<>(List.of(System.getenv("TESTBED")));
    command.addAll(List.of(arguments));
    output(command.toArray(String[]::new));
  }

  private static String output(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(List.of(command) + " failed: " + output);
      }
      return output.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
