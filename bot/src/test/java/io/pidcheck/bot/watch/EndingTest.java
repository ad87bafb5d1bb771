package io.pidcheck.bot.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.cluster.DaemonPod;
import io.pidcheck.bot.cluster.Nodes;
import io.pidcheck.bot.incident.Incident;
import io.pidcheck.bot.incident.Incident.Shortage;
import io.pidcheck.bot.incident.Remedied;
import io.pidcheck.bot.rig.MovedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EndingTest {

  private static final Duration CALM = Duration.ofMinutes(5);

  private final MovedClock clock = new MovedClock();
  private final AtomicBoolean enough = new AtomicBoolean();

  @Test
  void isNotOverWhileNoPidIsFreeThoughCalicoNodeLooksReadyAndNoFigureIsFresh() {
    try (KubernetesClient nobody = nobody()) {
      Ending ending = ending(nobody);
      Incident incident = shortOfPids();
      clock.pass(CALM.plusSeconds(1));
      assertThat(ending.of(incident)).isEmpty();
      enough.set(true);
      assertThat(ending.of(incident)).as("enough has to last").isEmpty();
      clock.pass(CALM.plusSeconds(1));
      assertThat(ending.of(incident)).isPresent();
    }
  }

  @Test
  void saysWhoResolvedItAndHow() {
    try (KubernetesClient nobody = nobody()) {
      enough.set(true);
      Incident incident =
          shortOfPids().remedied(new Remedied(clock.instant(), "U0ALEX", "killed 30855 (dotnet)"));
      clock.pass(CALM.plusSeconds(1));
      assertThat(ending(nobody).of(incident))
          .hasValueSatisfying(
              end -> {
                assertThat(end.by()).isEqualTo("U0ALEX");
                assertThat(end.remedy()).isEqualTo("killed 30855 (dotnet)");
              });
    }
  }

  private Incident shortOfPids() {
    Instant now = clock.instant();
    return Incident.open("worker-1", "", now).shortOf(Shortage.told(now, "can't fork"));
  }

  private Ending ending(KubernetesClient nobody) {
    Instant longAgo = clock.instant().minus(Duration.ofDays(1));
    DaemonPod ready =
        new DaemonPod(
            "calico-node",
            "kube-system",
            "calico-node-abcde",
            "uid",
            "worker-1",
            longAgo,
            0,
            true,
            longAgo,
            "",
            Optional.empty());
    PidsNow pids =
        new PidsNow() {
          @Override
          public Optional<Boolean> enoughFor(String node, Duration time) {
            return Optional.empty();
          }

          @Override
          public boolean enoughNow(String node) {
            return enough.get();
          }
        };
    return new Ending(
        CALM, new Ending.Places(node -> List.of(ready), new Nodes(nobody)), pids, clock);
  }

  /** Nothing is asked of it: the pods are there. */
  private static KubernetesClient nobody() {
    return new KubernetesClientBuilder()
        .withConfig(new ConfigBuilder().withMasterUrl("https://127.0.0.1:1").build())
        .build();
  }
}
