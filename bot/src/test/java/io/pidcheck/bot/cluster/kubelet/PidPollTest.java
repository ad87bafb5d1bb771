package io.pidcheck.bot.cluster.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.cluster.Nodes;
import io.pidcheck.bot.cluster.kubelet.KubeletAccess.Via;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Lack;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.NotTold;
import io.pidcheck.bot.local.cluster.LocalCluster;
import io.pidcheck.bot.local.cluster.tls.Authority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** All kubelets, over HTTPS, with the list of nodes from the local API. */
@ResourceLock("machine")
class PidPollTest {

  private static final Authority CA = Authority.create("fleet");
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void tellsOnceWhenANodeRunsShortAndOnceWhenItHasRoomAgain() throws IOException {
    AtomicLong tasks = new AtomicLong(500);
    List<String> heard = new CopyOnWriteArrayList<>();
    try (BadKubelet kubelet =
            BadKubelet.signedBy(
                CA, (path, out) -> BadKubelet.saying(200, summary(tasks.get())).to(path, out));
        Fleet fleet = new Fleet(List.of(kubelet.address()));
        PidPoll poll = fleet.poll(Duration.ofMillis(100))) {
      poll.start(new Heard(heard));
      await()
          .atMost(SOON)
          .until(() -> poll.enoughFor("node", Duration.ZERO).equals(Optional.of(true)));
      tasks.set(3_780);
      await().atMost(SOON).until(() -> heard.size() == 1);
      assertThat(heard).containsExactly("low node 16 of 4096");
      assertThat(poll.enoughFor("node", Duration.ZERO)).contains(false);
      tasks.set(600);
      await().atMost(SOON).until(() -> heard.size() == 2);
      assertThat(heard.getLast()).startsWith("enough node");
      assertThat(poll.enoughFor("node", Duration.ZERO)).contains(true);
      assertThat(poll.enoughFor("node", Duration.ofHours(1))).contains(false);
      assertThat(poll.enoughFor("elsewhere", Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void isBackInTimeWhateverSomeOfThemDo() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    try (BadKubelet well = BadKubelet.signedBy(CA, BadKubelet.saying(200, summary(10)));
        BadKubelet hanging = BadKubelet.signedBy(CA, (path, out) -> never.await());
        Fleet fleet = new Fleet(List.of(well.address(), hanging.address()))) {
      List<NodeReading> readings =
          new Survey(fleet.kubelets, node -> Optional.empty(), Duration.ofSeconds(3))
              .of(List.of(well.address(), hanging.address()));
      assertThat(readings.getFirst().count().told()).isPresent();
      assertThat(readings.getLast().count())
          .isIn(new NotTold<>(Lack.SILENT, "2000"), new NotTold<>(Lack.SILENT, "3000"));
    }
  }

  @Test
  void asksNobodyAgainWhoWasHeardLatelyAndHasRoom() throws IOException {
    AtomicLong tasks = new AtomicLong(500);
    AtomicLong asked = new AtomicLong();
    BadKubelet.Answer counting =
        (path, out) -> {
          asked.incrementAndGet();
          BadKubelet.saying(200, summary(tasks.get())).to(path, out);
        };
    try (BadKubelet kubelet = BadKubelet.signedBy(CA, counting);
        Fleet fleet = new Fleet(List.of(kubelet.address()));
        PidPoll poll = fleet.poll(Duration.ofMinutes(10))) {
      Survey survey = new Survey(fleet.kubelets, poll, Duration.ofSeconds(3));
      poll.start(new Heard(new CopyOnWriteArrayList<>()));
      await().atMost(SOON).until(() -> poll.of("node").isPresent());
      long once = asked.get();
      tasks.set(700); // as the poll heard it, not as it is now
      NodeReading reading = survey.of(List.of(kubelet.address())).getFirst();
      assertThat(asked).hasValue(once);
      assertThat(reading.count().told().orElseThrow().tasks()).isEqualTo(500);
      assertThat(poll.of("elsewhere")).isEmpty();
    }
  }

  @Test
  void asksAgainWhoWasShort() throws IOException {
    AtomicLong tasks = new AtomicLong(3_780);
    List<String> heard = new CopyOnWriteArrayList<>();
    try (BadKubelet kubelet =
            BadKubelet.signedBy(
                CA, (path, out) -> BadKubelet.saying(200, summary(tasks.get())).to(path, out));
        Fleet fleet = new Fleet(List.of(kubelet.address()));
        PidPoll poll = fleet.poll(Duration.ofMinutes(10))) {
      poll.start(new Heard(heard));
      await().atMost(SOON).until(() -> heard.size() == 1);
      tasks.set(700);
      NodeReading reading =
          new Survey(fleet.kubelets, poll, Duration.ofSeconds(3))
              .of(List.of(kubelet.address()))
              .getFirst();
      assertThat(reading.age()).isZero();
      assertThat(reading.count().told().orElseThrow().tasks()).isEqualTo(700);
    }
  }

  private static String summary(long tasks) {
    return "{\"node\":{\"rlimit\":{\"maxpid\":4096,\"curproc\":" + tasks + "}}}";
  }

  private record Heard(List<String> heard) implements PidPoll.Listener {
    @Override
    public void low(String node, NodeTasks tasks) {
      heard.add("low " + node + " " + tasks.freeAtLeast() + " of " + tasks.maxPid());
    }

    @Override
    public void enough(String node, NodeTasks tasks) {
      heard.add("enough " + node);
    }
  }

  /** The local API with these kubelets' nodes, and a client that trusts our CA. */
  private static final class Fleet implements AutoCloseable {
    private final LocalCluster cluster =
        LocalCluster.start(LocalCluster.Options.ofThisMachine(Map.of()));
    private final KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(cluster.kubeconfig().toFile()))
            .build();
    private final Kubelets kubelets;

    Fleet(List<KubeletAddress> addresses) throws IOException {
      addresses.stream()
          .limit(1)
          .forEach(address -> client.nodes().resource(node(address)).create());
      Path ca = Files.writeString(Files.createTempFile("ca-", ".pem"), CA.pem());
      ca.toFile().deleteOnExit();
      kubelets =
          new Kubelets(
              client,
              new KubeletAccess(Via.DIRECT, Optional.of(ca), Duration.ofSeconds(2), 8),
              Clock.systemUTC());
    }

    PidPoll poll(Duration period) {
      return new PidPoll(
          new Nodes(client), kubelets, period, PidPoll.NEARLY_OUT, Clock.systemUTC());
    }

    private static Node node(KubeletAddress address) {
      return new NodeBuilder()
          .withNewMetadata()
          .withName(address.node())
          .endMetadata()
          .withNewSpec()
          .endSpec()
          .withNewStatus()
          .addNewAddress(address.host(), "InternalIP")
          .withNewDaemonEndpoints()
          .withNewKubeletEndpoint(address.port())
          .endDaemonEndpoints()
          .endStatus()
          .build();
    }

    @Override
    public void close() {
      client.close();
      cluster.close();
    }
  }
}
