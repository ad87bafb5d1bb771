package io.pidcheck.bot.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.rig.Rig;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who leads, beside a holder of the Lease whose clock is wrong, over a real API. */
class LeadershipIT {

  private static final String NAMESPACE = "pidcheck";
  private static final String NAME = "pidcheck-leader";
  private static final int SECONDS = 2;
  private static final Duration LEASE = Duration.ofSeconds(SECONDS);
  private static final Duration SOON = Duration.ofSeconds(30);

  @ParameterizedTest
  @ValueSource(longs = {-3600, 0, 3600})
  void leavesTheLeaseToAHolderThatRenewsItWhateverItsClockSays(long ahead) {
    try (Rig rig = Rig.start();
        KubernetesClient client = rig.kubernetes()) {
      renew(client, ahead);
      AtomicInteger renewals = new AtomicInteger();
      long begun = System.nanoTime();
      try (Leadership other = Leadership.standing(client, NAMESPACE, "other", LEASE)) {
        await("three times as long as the lease")
            .atMost(SOON)
            .pollInterval(LEASE.dividedBy(10))
            .until(
                () -> {
                  assertThat(other.leads()).as("after %s renewals", renewals).isFalse();
                  renew(client, ahead);
                  renewals.incrementAndGet();
                  return System.nanoTime() - begun > LEASE.multipliedBy(3).toNanos();
                });
        assertThat(other.holder()).contains("first");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-3600, 0, 3600})
  void takesTheLeaseOverOnceItWasUnchangedForItsDurationWhateverItsTimesSay(long ahead) {
    try (Rig rig = Rig.start();
        KubernetesClient client = rig.kubernetes()) {
      renew(client, ahead);
      long begun = System.nanoTime();
      try (Leadership other = Leadership.standing(client, NAMESPACE, "other", LEASE)) {
        await("it leads").atMost(SOON).until(other::leads);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(LEASE);
        assertThat(other.holder()).contains("other");
      }
    }
  }

  @Test
  void givesTheLeaseBackAtItsEndSoThatNobodyWaitsForIt() {
    Duration tenMinutes = Duration.ofMinutes(10);
    try (Rig rig = Rig.start();
        KubernetesClient client = rig.kubernetes()) {
      Leadership first = Leadership.standing(client, NAMESPACE, "first", tenMinutes);
      await("the first leads").atMost(SOON).until(first::leads);
      first.close();
      assertThat(first.leads()).isFalse();
      try (Leadership other = Leadership.standing(client, NAMESPACE, "other", tenMinutes)) {
        await("the other leads").atMost(SOON).until(other::leads);
      }
    }
  }

  private static void renew(KubernetesClient client, long ahead) {
    Lease before = client.leases().inNamespace(NAMESPACE).withName(NAME).get();
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(ahead);
    Lease lease =
        new LeaseBuilder(before == null ? new Lease() : before)
            .editOrNewMetadata()
            .withName(NAME)
            .withNamespace(NAMESPACE)
            .endMetadata()
            .editOrNewSpec()
            .withHolderIdentity("first")
            .withLeaseDurationSeconds(SECONDS)
            .withAcquireTime(now)
            .withRenewTime(now)
            .endSpec()
            .build();
    var resource = client.leases().inNamespace(NAMESPACE).resource(lease);
    Lease _ = before == null ? resource.create() : resource.update();
  }
}
