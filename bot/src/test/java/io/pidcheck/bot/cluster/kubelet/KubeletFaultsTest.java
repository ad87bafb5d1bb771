package io.pidcheck.bot.cluster.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.cluster.kubelet.KubeletAccess.Via;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Lack;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.NotTold;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Told;
import io.pidcheck.bot.local.cluster.tls.Authority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Everything a kubelet can do wrong, over real HTTPS. */
class KubeletFaultsTest {

  private static final Authority CA = Authority.create("cluster");
  private static final String SUMMARY =
      """
      {"node": {"nodeName": "n", "cpu": {"deep": [{"a": 1}]},
        "rlimit": {"time": "2026-11-24T14:58:32Z", "maxpid": 4096, "curproc": 3944, "new": {}}},
       "pods": [
      """;
  private static final String CADVISOR =
      """
      # TYPE container_threads gauge
      container_processes{container="app",id="/kubepods/podx/1",namespace="shop",pod="a"} 2 1700000000000
      container_threads{container="app",id="/kubepods/podx/1",namespace="shop",pod="a"} 3000 1700000000000
      container_threads_max{container="app",id="/kubepods/podx/1",namespace="shop",pod="a"} 0 1700000000000
      container_threads_max{container="",id="/kubepods",namespace="",pod=""} 4096 1700000000000
      """;

  @Test
  void readsTheCountAndNoFurther() {
    // what follows node.rlimit never comes, and is not waited for
    CountDownLatch never = new CountDownLatch(1);
    BadKubelet.Answer half =
        (path, out) -> {
          out.write(BadKubelet.head(200, 1_000_000));
          out.write(SUMMARY.getBytes(StandardCharsets.UTF_8));
          out.flush();
          never.await();
        };
    try (BadKubelet kubelet = BadKubelet.signedBy(CA, half)) {
      Kubelets kubelets = kubelets();
      assertThat(kubelets.tasks(kubelet.address()))
          .isEqualTo(
              new Told<>(
                  new NodeTasks(4096, 3944, Optional.of(Instant.parse("2026-11-24T14:58:32Z")))));
    }
  }

  @Test
  void readsContainersByTheirNames() {
    try (BadKubelet kubelet = BadKubelet.signedBy(CA, BadKubelet.saying(200, CADVISOR))) {
      Kubelets kubelets = kubelets();
      List<CgroupTasks> cgroups = kubelets.cgroups(kubelet.address()).told().orElseThrow();
      assertThat(cgroups).hasSize(2);
      assertThat(cgroups.getFirst())
          .returns("shop", CgroupTasks::namespace)
          .returns("a", CgroupTasks::pod)
          .returns("app", CgroupTasks::container)
          .returns(3000L, CgroupTasks::threads)
          .returns(2L, CgroupTasks::processes)
          .returns(Optional.of(Instant.ofEpochMilli(1_700_000_000_000L)), CgroupTasks::at);
      assertThat(cgroups.get(1).isAllPods()).isTrue();
      assertThat(cgroups.get(1).limit()).hasValue(4096);
    }
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    Kubelets kubelets = kubelets();
    assertThat(lack(kubelets.tasks(new KubeletAddress("node", "127.0.0.1", closed))))
        .isEqualTo(Lack.NO_CONNECTION);
    assertThat(lack(kubelets.tasks(new KubeletAddress("node", "", 10250))))
        .isEqualTo(Lack.NO_ADDRESS);
  }

  @Test
  void trustsNoOtherAuthorityAndNoOtherHost() throws IOException {
    Authority other = Authority.create("cluster");
    try (BadKubelet kubelet = BadKubelet.signedBy(other, BadKubelet.saying(200, SUMMARY));
        BadKubelet right = BadKubelet.signedBy(CA, BadKubelet.saying(200, SUMMARY))) {
      Kubelets kubelets = kubelets();
      assertThat(lack(kubelets.tasks(kubelet.address()))).isEqualTo(Lack.NOT_TRUSTED);
      KubeletAddress wrongHost = new KubeletAddress("node", "127.0.0.2", right.address().port());
      assertThat(lack(kubelets.tasks(wrongHost)))
          .isIn(Lack.NOT_TRUSTED, Lack.NO_CONNECTION); // no such address on some systems
      KubeletAddress wrongName = new KubeletAddress("node", "localhost", right.address().port());
      assertThat(lack(kubelets.tasks(wrongName))).isEqualTo(Lack.NOT_TRUSTED);
    }
  }

  @Test
  void namesTheMissingRight() {
    try (BadKubelet kubelet = BadKubelet.signedBy(CA, BadKubelet.saying(403, "Forbidden"))) {
      Kubelets kubelets = kubelets();
      assertThat(kubelets.tasks(kubelet.address()))
          .isEqualTo(new NotTold<>(Lack.NO_RIGHT, "nodes/stats"));
      assertThat(kubelets.cgroups(kubelet.address()))
          .isEqualTo(new NotTold<>(Lack.NO_RIGHT, "nodes/metrics"));
    }
    try (BadKubelet kubelet = BadKubelet.signedBy(CA, BadKubelet.saying(401, "Unauthorized"))) {
      Kubelets kubelets = kubelets();
      assertThat(lack(kubelets.tasks(kubelet.address()))).isEqualTo(Lack.NOT_KNOWN);
    }
  }

  @Test
  void quotesWhatADeadRuntimeMakesTheKubeletSay() {
    String words = "Internal Error: failed to get imageFs stats: containerd.sock: refused";
    try (BadKubelet kubelet = BadKubelet.signedBy(CA, BadKubelet.saying(500, words))) {
      Kubelets kubelets = kubelets();
      assertThat(kubelets.tasks(kubelet.address()))
          .isEqualTo(new NotTold<>(Lack.ERROR, "HTTP 500 " + words));
    }
  }

  @Test
  void doesNotTakeHalfAnAnswerForAWholeOne() {
    BadKubelet.Answer cut =
        (path, out) -> {
          String half =
              path.contains("summary") ? "{\"node\": {\"rlimit\": {\"maxpid\": 4096, " : CADVISOR;
          out.write(BadKubelet.head(200, half.length() + 500L));
          out.write(half.getBytes(StandardCharsets.UTF_8));
        };
    try (BadKubelet kubelet = BadKubelet.signedBy(CA, cut)) {
      Kubelets kubelets = kubelets();
      assertThat(lack(kubelets.tasks(kubelet.address()))).isEqualTo(Lack.CUT_OFF);
      assertThat(lack(kubelets.cgroups(kubelet.address()))).isEqualTo(Lack.CUT_OFF);
    }
  }

  @Test
  void doesNotUnderstandGarbage() {
    try (BadKubelet kubelet =
        BadKubelet.signedBy(CA, BadKubelet.saying(200, "<html>\n<!channel>\n"))) {
      Kubelets kubelets = kubelets();
      assertThat(lack(kubelets.tasks(kubelet.address()))).isEqualTo(Lack.NOT_UNDERSTOOD);
      assertThat(lack(kubelets.cgroups(kubelet.address()))).isEqualTo(Lack.NOT_UNDERSTOOD);
    }
    try (BadKubelet kubelet =
        BadKubelet.signedBy(
            CA, BadKubelet.saying(200, "{\"node\":{\"rlimit\":{\"maxpid\":\"x\"}}}"))) {
      Kubelets kubelets = kubelets();
      assertThat(lack(kubelets.tasks(kubelet.address()))).isEqualTo(Lack.NOT_UNDERSTOOD);
    }
  }

  @Test
  void doesNotTakeAWholeMachinesTasksForTheNodes() {
    String shared = "{\"node\":{\"rlimit\":{\"maxpid\":4096,\"curproc\":20432}}}";
    try (BadKubelet kubelet = BadKubelet.signedBy(CA, BadKubelet.saying(200, shared))) {
      Kubelets kubelets = kubelets();
      assertThat(kubelets.tasks(kubelet.address()))
          .isEqualTo(new NotTold<>(Lack.OTHERS_COUNTED, "20432 > 4096", OptionalLong.of(4096)));
    }
  }

  @Test
  void readsNoMoreThanItWants() {
    int chunk = 1 << 20;
    BadKubelet.Answer endless =
        (path, out) -> {
          out.write(BadKubelet.head(200, 50L * chunk));
          byte[] line =
              ("container_memory{id=\"" + "x".repeat(chunk - 30) + "\"} 1\n")
                  .getBytes(StandardCharsets.UTF_8);
          for (int i = 0; i < 50; i++) {
            out.write(line);
          }
        };
    try (BadKubelet kubelet = BadKubelet.signedBy(CA, endless)) {
      Kubelets kubelets = kubelets(Duration.ofSeconds(20), 8);
      assertThat(lack(kubelets.cgroups(kubelet.address()))).isEqualTo(Lack.TOO_LARGE);
    }
  }

  @Test
  void waitsNoLongerThanItsDeadlineWhereverTheKubeletHangs() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    BadKubelet.Answer inTheBody =
        (path, out) -> {
          out.write(BadKubelet.head(200, 100));
          out.flush();
          never.await();
        };
    BadKubelet.Answer dripping =
        (path, out) -> {
          out.write(BadKubelet.head(200, 10_000_000));
          while (!never.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
            out.write('#'); // each byte in time, the whole never
            out.flush();
          }
        };
    try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        BadKubelet beforeTheHead = BadKubelet.signedBy(CA, (path, out) -> never.await());
        BadKubelet later = BadKubelet.signedBy(CA, inTheBody);
        BadKubelet slow = BadKubelet.signedBy(CA, dripping)) {
      Kubelets kubelets = kubelets(Duration.ofMillis(400), 8);
      KubeletAddress noHandshake = new KubeletAddress("node", "127.0.0.1", mute.getLocalPort());
      assertThat(kubelets.cgroups(noHandshake)).isEqualTo(new NotTold<>(Lack.SILENT, "400"));
      assertThat(lack(kubelets.tasks(beforeTheHead.address()))).isEqualTo(Lack.SILENT);
      assertThat(lack(kubelets.tasks(later.address()))).isEqualTo(Lack.SILENT);
      assertThat(lack(kubelets.cgroups(slow.address()))).isEqualTo(Lack.SILENT);
    }
  }

  @Test
  void opensNoMoreConnectionsThanItMay() {
    BadKubelet.Answer slow =
        (path, out) -> {
          Thread.onSpinWait();
          BadKubelet.saying(200, SUMMARY).to(path, out);
        };
    try (BadKubelet kubelet = BadKubelet.signedBy(CA, slow)) {
      Kubelets kubelets = kubelets(Duration.ofSeconds(20), 3);
      List<Thread> askers =
          IntStream.range(0, 60)
              .mapToObj(n -> Thread.ofVirtual().start(() -> kubelets.tasks(kubelet.address())))
              .toList();
      for (Thread asker : askers) {
        join(asker);
      }
      assertThat(kubelet.mostOpen()).isBetween(1, 6); // the server sees a close a little after us
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Lack lack(KubeletAnswer<?> answer) {
    return switch (answer) {
      case NotTold<?> lack -> lack.lack();
      case Told<?>(Object value) -> throw new AssertionError("told " + value);
    };
  }

  private static Kubelets kubelets() {
    return kubelets(Duration.ofSeconds(10), 8);
  }

  private static Kubelets kubelets(Duration deadline, int connections) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("https://127.0.0.1:1")
            .withCaCertData(CA.pem())
            .withOauthToken("token")
            .build();
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      return new Kubelets(
          client,
          new KubeletAccess(Via.DIRECT, Optional.empty(), deadline, connections),
          Clock.systemUTC());
    }
  }
}
