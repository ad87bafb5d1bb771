package io.pidcheck.bot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.local.cluster.LocalCluster;
import io.pidcheck.bot.rig.MovedClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Our clock, put right by the API server's. */
class ServerClockTest {

  private static final Instant TEN = Instant.parse("2026-11-28T10:00:00Z");

  /** Stands still where it was set. */
  private static final class Hands extends Clock {

    private Instant now = TEN;

    void show(Instant instant) {
      now = instant;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private final Hands own = new Hands();
  private final ServerClock clock = new ServerClock(own);

  @Test
  void isOurOwnUntilTheServerHasSaidSomething() {
    assertThat(clock.instant()).isEqualTo(TEN);
  }

  @Test
  void goesByTheServersWhereOursIsAheadOrBehind() {
    clock.told(TEN.minusSeconds(3_600), TEN);
    assertThat(clock.instant()).isBetween(TEN.minusSeconds(3_600), TEN.minusSeconds(3_599));
    clock.told(TEN.plusSeconds(60), TEN);
    assertThat(clock.instant()).isBetween(TEN.plusSeconds(60), TEN.plusSeconds(61));
  }

  @Test
  void goesOnWithOurs() {
    clock.told(TEN.minusSeconds(3_600), TEN);
    Instant before = clock.instant();
    own.show(TEN.plusSeconds(5));
    assertThat(clock.instant()).isEqualTo(before.plusSeconds(5));
  }

  @Test
  void leavesAClockAloneThatMayBeRight() {
    own.show(TEN.plusMillis(999));
    clock.told(TEN, TEN.plusMillis(998)); // a date has no milliseconds
    assertThat(clock.instant()).isEqualTo(TEN.plusMillis(999));
    own.show(TEN.plusSeconds(9));
    clock.told(TEN, TEN.plusMillis(500)); // the answer was long on its way
    assertThat(clock.instant()).isEqualTo(TEN.plusSeconds(9));
  }

  @Test
  void isNotMisledWhereOursWasSetBetweenQuestionAndAnswer() {
    own.show(TEN.plusSeconds(3_600));
    clock.told(TEN, TEN);
    assertThat(clock.instant()).isEqualTo(TEN.plusSeconds(3_600)); // may be: the next answer tells
    clock.told(TEN, TEN.plusSeconds(3_600));
    assertThat(clock.instant()).isBetween(TEN, TEN.plusSeconds(1));
    own.show(TEN);
    clock.told(TEN, TEN.plusSeconds(3_600)); // put back: neither of the two times tells
    clock.told(TEN, TEN);
    assertThat(clock.instant()).isBetween(TEN, TEN.plusSeconds(1));
  }

  @Test
  void isSetByWhateverTheServerAnswersAlsoByItsRefusals() {
    MovedClock theirs = new MovedClock();
    theirs.pass(Duration.ofHours(-3));
    ServerClock read = new ServerClock(Clock.systemUTC());
    try (LocalCluster cluster =
            LocalCluster.start(LocalCluster.Options.ofThisMachine(Map.of()).withClock(theirs));
        KubernetesClient client =
            new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfig().toFile()))
                .withHttpClientBuilderConsumer(
                    http -> http.addOrReplaceInterceptor("dates", new Dates(read)))
                .build()) {
      assertThat(client.nodes().withName("no-such-node").get()).isNull();
      assertThat(Duration.between(theirs.instant(), read.instant()).abs())
          .isLessThan(Duration.ofSeconds(2));
    }
  }
}
