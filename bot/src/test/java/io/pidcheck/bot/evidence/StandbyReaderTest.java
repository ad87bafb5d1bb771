package io.pidcheck.bot.evidence;

import static java.net.InetAddress.getLoopbackAddress;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.cluster.Means;
import io.pidcheck.bot.cluster.kubelet.KubeletAccess;
import io.pidcheck.bot.cluster.kubelet.Kubelets;
import io.pidcheck.bot.evidence.StandbyReader.Said;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A standby probe's log is read for one order, whatever else stands in it. */
class StandbyReaderTest {

  private static final String OURS = "11111111-1111-4111-8111-111111111111";
  private static final String OTHERS = "22222222-2222-4222-8222-222222222222";

  @Test
  void hearsNothingWhereNothingWasSaidOfTheOrder() {
    assertThat(StandbyReader.in("", OURS)).isEqualTo(new Said.Nothing());
    assertThat(StandbyReader.in(line("done", OTHERS, "\"result\":{}"), OURS))
        .isEqualTo(new Said.Nothing());
    assertThat(StandbyReader.in("{\"standby\":1,\"said\":\"ready\"}\n", OURS))
        .isEqualTo(new Said.Nothing());
  }

  @Test
  void hearsTheLastWord() {
    String log = line("begun", OURS, "\"why\":\"\"");
    assertThat(StandbyReader.in(log, OURS)).isEqualTo(new Said.Begun());
    assertThat(StandbyReader.in(log + line("done", OURS, "\"result\":{\"a\":[1,2]}"), OURS))
        .isEqualTo(new Said.Done("{\"a\":[1,2]}"));
    assertThat(StandbyReader.in(log + line("failed", OURS, "\"why\":\"a bug\""), OURS))
        .isEqualTo(new Said.Failed("a bug"));
    assertThat(StandbyReader.in(line("refused", OURS, "\"why\":\"late\""), OURS))
        .isEqualTo(new Said.Refused("late"));
  }

  @Test
  void doesNotTakeItForUndoneWhereTheNextOneRefusesWhatTheOneBeforeHadBegun() {
    String log =
        line("begun", OURS, "\"why\":\"\"") + line("refused", OURS, "\"why\":\"started since\"");
    assertThat(StandbyReader.in(log, OURS)).isEqualTo(new Said.Ended());
  }

  @Test
  void standsGarbageAroundIt() {
    String log =
        "\0\uFFFD[[[{\n"
            + OURS
            + "\n{\"order\":\""
            + OURS
            + "\n"
            + line("begun", OURS, "\"why\":\"\"");
    assertThat(StandbyReader.in(log, OURS)).isEqualTo(new Said.Begun());
  }

  @Test
  void believesNoReportThatQuotesTheOrder() {
    String quoted = "\"result\":{\"commandLine\":\"{\\\"order\\\":\\\"" + OURS + "\\\"}\"}";
    assertThat(StandbyReader.in(line("done", OTHERS, quoted), OURS)).isEqualTo(new Said.Nothing());
  }

  @Test
  void doesNotTakeALineThatWasCutForAnAnswer() {
    String whole = line("done", OURS, "\"result\":{\"version\":1}");
    String cut = whole.substring(0, whole.length() - 4);
    assertThat(StandbyReader.in(line("begun", OURS, "\"why\":\"\"") + cut, OURS))
        .isEqualTo(new Said.Begun());
  }

  @Test
  void passesOverAWordThatItDoesNotKnow() {
    String log = line("begun", OURS, "\"why\":\"\"") + line("thinking", OURS, "\"why\":\"\"");
    assertThat(StandbyReader.in(log, OURS)).isEqualTo(new Said.Begun());
  }

  @Test
  void doesNotWaitForALogThatDoesNotCome() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    HttpServer hangs = HttpServer.create(new InetSocketAddress(getLoopbackAddress(), 0), 0);
    hangs.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    hangs.createContext("/", exchange -> holds(never));
    hangs.start();
    Config config =
        new ConfigBuilder()
            .withAutoConfigure(false)
            .withMasterUrl("http://127.0.0.1:" + hangs.getAddress().getPort())
            .build();
    Clock clock = Clock.systemUTC();
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      KubeletAccess off =
          new KubeletAccess(KubeletAccess.Via.OFF, Optional.empty(), Duration.ofSeconds(1), 1);
      StandbyReader reader =
          new StandbyReader(client, "pidcheck", new Kubelets(client, off, clock), clock);
      Means.Standby order =
          new Means.Standby(OURS, "node", "pidcheck-standby-1", false, Duration.ofSeconds(4));
      Instant asked = Instant.now();
      assertThat(reader.said(order, asked)).isEqualTo(new Said.Unreadable("no answer in 2 s"));
      assertThat(reader.forerunner(order)).isEqualTo(new Said.Unreadable("no answer in 2 s"));
      assertThat(reader.complaint(order)).isEmpty();
      assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(20));
    } finally {
      never.countDown();
      hangs.stop(0);
    }
  }

  private static void holds(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String line(String said, String order, String rest) {
    return "{\"standby\":1,\"said\":\"" + said + "\",\"order\":\"" + order + "\"," + rest + "}\n";
  }
}
