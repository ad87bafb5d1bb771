package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.rig.CalicoNode;
import io.pidcheck.bot.rig.FullNode;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.RealCluster;
import java.time.Duration;
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
  private static final CalicoNode CALICO = new CalicoNode(ADMIN);

  private static RealCluster rig;
  private static String node;

  @BeforeAll
  static void start() {
    String reason = "$TESTBED names no testbed: nothing here may fill a node up";
    if (!FullNode.hasTestbed()) {
      System.err.println(reason);
    }
    assumeTrue(FullNode.hasTestbed(), reason);
    node = ADMIN.nodes().list().getItems().getFirst().getMetadata().getName();
    rig = RealCluster.start(Map.of("PIDCHECK_REMEDY_LOOK_AGAIN", "30s"));
  }

  private static void fillTheNode() {
    FullNode.testbed("explode", "2000");
    FullNode.testbed("free", Integer.toString(FREE));
  }

  @AfterEach
  void emptyTheNode() {
    FullNode.testbed("relieve");
  }

  @AfterAll
  static void stop() {
    if (FullNode.hasTestbed()) {
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
                            CalicoNode.restarts(pod) > CalicoNode.restarts(before)
                                || !pod.getMetadata()
                                    .getUid()
                                    .equals(before.getMetadata().getUid())));
    assertThat(Person.shown(alex.sees("calico-node", ClusterRemedyIT::tellsOfCalico)))
        .contains("Ready");
    await("calico-node is Ready").atMost(SOON).until(CALICO::ready);
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
    FullNode.testbed("relieve"); // below what is in use it is not given back
    alex.clicks(ended, Person.button(ended, "Undo"));
    await("given back").atMost(SOON).until(() -> Settings.read().equals(before));
    alex.reads("Undo the raise");
    assertThat(audit()).contains("PidcheckRaisePidMaxDone", "PidcheckUndoRequested");
  }

  @Test
  void persistsARaiseFromThePageAndForgetsItAgain() {
    FullNode.testbed(
        "explode", "3400"); // full enough that a raise is advised, with room for its pod
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
    assertThat(FullNode.text("/etc/sysctl.d/99-pidcheck.conf"))
        .startsWith("# Written by pidcheck.")
        .endsWith("\nkernel.pid_max = " + raised);
    FullNode.testbed("relieve");
    alex.clicks(ended, Person.button(ended, "Undo"));
    await("given back").atMost(SOON).until(() -> Settings.read().equals(before));
    await("forgotten")
        .atMost(SOON)
        .until(() -> !FullNode.names("/etc/sysctl.d").contains("99-pidcheck.conf"));
  }

  @Test
  void deletesAPodFromThePageAndItsControllerMakesAnother() {
    FullNode.testbed("explode", "2500");
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
                    .noneMatch(
                        pod -> uid(pod).equals(uid(before)) || CalicoNode.restarts(pod) > 0));
    assertThat(offenders()).hasSize(1);
    assertThat(audit()).contains("PidcheckDeletePodRequested", "PidcheckDeletePodDone");
  }

  @Test
  void saysInTheThreadThatTheCulpritCameBack() {
    FullNode.testbed("explode", "2500");
    Person alex = rig.person(0);
    JsonNode diagnosis = diagnosis(alex);
    alex.clicks(diagnosis, Person.button(diagnosis, "Kill "));
    alex.sees(
        "the outcome",
        message ->
            message.path("ts").equals(diagnosis.path("ts"))
                && Person.shown(message).contains("Before:"));
    FullNode.testbed("explode", "2900"); // its container is there again, and leaks more than before
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
    FullNode.testbed("explode", "2000");
    FullNode.testbed("free", "18");
    await("calico-node is restarted, and waits")
        .atMost(Duration.ofMinutes(4))
        .until(() -> backsOff(CALICO.pod()));
    FullNode.testbed("free", "100");
    Person alex = rig.person(0);
    JsonNode diagnosis = diagnosis(alex);
    assertThat(CALICO.ready()).isFalse();
    alex.clicks(diagnosis, Person.button(diagnosis, "Kill "));
    JsonNode told =
        alex.patientlySees(
            "calico-node",
            message -> message.path("ts").equals(diagnosis.path("ts")) && tellsOfCalico(message));
    System.out.println(Person.shown(told));
    assertThat(Person.shown(told)).contains("calico-node: Ready again after");
    assertThat(CALICO.ready()).isTrue();
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
          FullNode.text("/proc/sys/kernel/pid_max"),
          FullNode.text("/proc/sys/kernel/threads-max"),
          FullNode.text("/sys/fs/cgroup/pids/kubepods/pids.max"),
          FullNode.text("/sys/fs/cgroup/pids/kubepods/besteffort/pids.max"));
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
}
