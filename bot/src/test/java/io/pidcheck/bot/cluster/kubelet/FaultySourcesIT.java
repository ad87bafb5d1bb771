package io.pidcheck.bot.cluster.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.local.cluster.fault.ClusterFault;
import io.pidcheck.bot.local.cluster.tls.Authority;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** One source of a check is faulty: it is named with its fault, and the others answer in time. */
@ResourceLock("machine")
class FaultySourcesIT {

  private static final Authority CA = Authority.create("cluster");
  private static final CountDownLatch NEVER = new CountDownLatch(1);
  private static final BadKubelet.Answer HANGS = (path, out) -> NEVER.await();
  // the kubelet's deadline of 2 s, and what a check takes on a busy machine
  private static final Duration IN_TIME = Duration.ofSeconds(10);
  private static final String CADVISOR =
      """
      container_threads{container="leaking",id="/kubepods/podx/1",namespace="shop",pod="a"} 3000 1700000000000
      container_threads{container="",id="/kubepods",namespace="",pod=""} 3010 1700000000000
      container_threads_max{container="",id="/kubepods",namespace="",pod=""} 4096 1700000000000
      """;
  private static final String SUMMARY =
      "{\"node\":{\"rlimit\":{\"maxpid\":4096,\"curproc\":3944}}}";

  @TempDir private Path dir;

  @Test
  void closedPort() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    tells(closed, "nobody answers at the kubelet’s port");
  }

  @Test
  void certificateThatNobodyVouchesFor() throws IOException {
    Authority other = Authority.create("cluster");
    try (BadKubelet kubelet = BadKubelet.signedBy(other, BadKubelet.saying(200, SUMMARY))) {
      tells(kubelet.address().port(), "certificate is not one of the CA we trust");
    }
  }

  @Test
  void unknownToken() throws IOException {
    tells(BadKubelet.saying(401, "Unauthorized"), "does not take the bot’s token (401)");
  }

  @Test
  void missingRights() throws IOException {
    tells(BadKubelet.saying(403, "Forbidden"), "nodes/stats", "nodes/metrics");
  }

  @Test
  void answerCutOff() throws IOException {
    tells(
        (path, out) -> {
          out.write(BadKubelet.head(200, 5_000));
          out.write("{\"node\": {\"rlimit\": {".getBytes(StandardCharsets.UTF_8));
        },
        "the answer ended half-way");
  }

  @Test
  void answerOfFiftyMegabytes() throws IOException {
    byte[] line = ("x".repeat((1 << 20) - 1) + "\n").getBytes(StandardCharsets.UTF_8);
    tells(
        (path, out) -> {
          if (path.contains("summary")) {
            BadKubelet.saying(200, SUMMARY).to(path, out);
            return;
          }
          out.write(BadKubelet.head(200, 50L << 20));
          for (int megabyte = 0; megabyte < 50; megabyte++) {
            out.write(line);
          }
        },
        "3,944 of 4,096 PIDs in use",
        "the answer was longer than we read");
  }

  @Test
  void hangingKubelet() throws IOException {
    tells(HANGS, "the kubelet did not answer within 2 s");
  }

  @Test
  void hangingForTheCountAlone() throws IOException {
    tells(
        (path, out) -> {
          if (path.contains("summary")) {
            NEVER.await();
          }
          BadKubelet.saying(200, CADVISOR).to(path, out);
        },
        "the kubelet did not answer within 2 s",
        "3,000 threads (73.2%) in container leaking",
        "All pods together hold 3,010 of 4,096");
  }

  @Test
  void hangingKubeletAndNoLog() throws IOException {
    try (BadKubelet kubelet = BadKubelet.signedBy(CA, HANGS);
        Rig rig = rig(kubelet.address().port())) {
      rig.cluster().inject(new ClusterFault.LogsUnavailable("dial tcp: i/o timeout"));
      answersInTime(rig);
    }
  }

  private void tells(BadKubelet.Answer answer, String... words) throws IOException {
    try (BadKubelet kubelet = BadKubelet.signedBy(CA, answer)) {
      tells(kubelet.address().port(), words);
    }
  }

  /** While the probe cannot start all that is told is the kubelet's; once it can, its report is. */
  private void tells(int port, String... words) throws IOException {
    try (Rig rig = rig(port)) {
      rig.cluster().inject(new ClusterFault.SandboxFails("held"));
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      alex.sees(
          Arrays.toString(words),
          message -> Stream.of(words).allMatch(Person.shown(message)::contains));
      rig.cluster().clearFaults();
      alex.reads("Read at");
      answersInTime(rig);
    }
  }

  private static void answersInTime(Rig rig) {
    Person alex = rig.person(0).inChannel(1);
    Instant asked = Instant.now();
    alex.say("/pidcheck node " + rig.node());
    alex.reads("Read at");
    assertThat(Duration.between(asked, Instant.now())).isLessThan(IN_TIME);
  }

  /** A bot for which the node's kubelet is at that port. */
  private Rig rig(int port) throws IOException {
    Rig rig = Rig.start();
    try (KubernetesClient kubernetes = rig.kubernetes()) {
      Node node = kubernetes.nodes().withName(rig.node()).get();
      node.getStatus().getDaemonEndpoints().getKubeletEndpoint().setPort(port);
      node.getStatus().getAddresses().forEach(address -> address.setAddress("127.0.0.1"));
      kubernetes.nodes().resource(node).updateStatus();
    }
    Path ca = Files.writeString(dir.resolve("ca.pem"), CA.pem());
    return rig.withBot(
        Map.of(
            "PIDCHECK_KUBELET_CA_FILE",
            ca.toString(),
            "PIDCHECK_PROBE_LEAST_FREE_PIDS",
            "0",
            "PIDCHECK_KUBELET_DEADLINE",
            "2s"));
  }
}
