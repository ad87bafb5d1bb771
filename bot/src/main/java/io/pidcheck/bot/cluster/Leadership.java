package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which replica watches and reports: the one that holds a Lease. Rights: leases get, create, update
 * in the bot's namespace.
 *
 * <p>As in client-go, nobody compares his own clock with another's: a lease has run out when this
 * replica has seen it unchanged for its whole duration. (fabric8's LeaderElector compares the
 * holder's renewTime with the local time; clocks that differ by a lease's duration give it two
 * leaders.)
 */
public final class Leadership implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
  private static final String LEASE = "pidcheck-leader";
  private static final int TRIES = 5;

  private final KubernetesClient client;
  private final String namespace;
  private final String self;
  private final Duration duration;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("leadership").factory());

  // What was last seen of the lease, and since when (System.nanoTime) it has not changed.
  private String seenVersion = "";
  private long seenSince = System.nanoTime();
  private volatile long heldUntil = System.nanoTime();
  private volatile boolean held;
  private volatile long reachedAt = System.nanoTime();
  private volatile Optional<String> holder = Optional.empty();

  private Leadership(KubernetesClient client, String namespace, String self, Duration duration) {
    this.client = client;
    this.namespace = namespace;
    this.self = self;
    this.duration = duration;
  }

  /**
   * Begins to stand for election; answers at once.
   *
   * @param self this replica's name, unlike every other's
   * @param duration how long a leader that is not heard of stays leader, in whole seconds
   */
  public static Leadership standing(
      KubernetesClient client, String namespace, String self, Duration duration) {
    Leadership leadership = new Leadership(client, namespace, self, duration);
    long every = duration.toMillis() / TRIES;
    ScheduledFuture<?> _ =
        leadership.timer.scheduleWithFixedDelay(leadership::round, 0, every, TimeUnit.MILLISECONDS);
    return leadership;
  }

  /** This replica leads now, and goes on to for a while: see {@link #left}. */
  public boolean leads() {
    return !left().isZero();
  }

  /**
   * How long this replica leads for certain, whatever becomes of the network: what takes longer
   * must not be begun. It ends before another replica can take over, since it is counted from
   * before the renewal was sent.
   */
  public Duration left() {
    long nanos = heldUntil - System.nanoTime();
    return held && nanos > 0 ? Duration.ofNanos(nanos) : Duration.ZERO;
  }

  /** How long the lease has not been reached. */
  public Duration silence() {
    return Duration.ofNanos(System.nanoTime() - reachedAt);
  }

  /** Who leads, as last seen. */
  public Optional<String> holder() {
    return holder;
  }

  public String self() {
    return self;
  }

  private void round() {
    try {
      acquireOrRenew();
      reachedAt = System.nanoTime();
    } catch (KubernetesClientException e) {
      LOG.atWarn().log("cannot reach the lease: {}", String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("the lease"); // a throw would end the timer
    }
    if (held && !leads()) {
      held = false;
      LOG.atWarn().addKeyValue("replica", self).log("no longer leading: the lease ran out");
    }
  }

  private void acquireOrRenew() {
    long before = System.nanoTime();
    Lease lease = resource().get();
    if (lease == null) {
      hold(
          client.leases().inNamespace(namespace).resource(ours(Optional.empty())).create(), before);
      return;
    }
    look(lease);
    boolean ours = holder.equals(Optional.of(self));
    if (ours || holder.isEmpty() || System.nanoTime() - seenSince > heldFor(lease)) {
      try {
        Lease renewed = ours(Optional.of(lease));
        hold(client.leases().inNamespace(namespace).resource(renewed).update(), before);
      } catch (KubernetesClientException e) {
        if (e.getCode() != java.net.HttpURLConnection.HTTP_CONFLICT) {
          throw e;
        }
        lost(); // another was quicker
      }
    } else {
      lost();
    }
  }

  private void look(Lease lease) {
    String version = String.valueOf(lease.getMetadata().getResourceVersion());
    if (!version.equals(seenVersion)) {
      seenVersion = version;
      seenSince = System.nanoTime();
    }
    holder = Optional.ofNullable(lease.getSpec().getHolderIdentity()).filter(id -> !id.isEmpty());
  }

  private void hold(Lease lease, long since) {
    look(lease);
    if (!held) {
      LOG.atInfo().addKeyValue("replica", self).log("leading");
    }
    heldUntil = since + duration.toNanos();
    held = true;
  }

  private void lost() {
    if (held) {
      held = false;
      LOG.atWarn().addKeyValue("replica", self).log("no longer leading");
    }
  }

  private long heldFor(Lease lease) {
    Integer seconds = lease.getSpec().getLeaseDurationSeconds();
    return seconds == null ? duration.toNanos() : TimeUnit.SECONDS.toNanos(seconds);
  }

  private Lease ours(Optional<Lease> before) {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    boolean renewal = holder.equals(Optional.of(self));
    LeaseSpec spec = before.map(Lease::getSpec).orElseGet(LeaseSpec::new);
    return new LeaseBuilder(before.orElseGet(Lease::new))
        .editOrNewMetadata()
        .withName(LEASE)
        .withNamespace(namespace)
        .endMetadata()
        .editOrNewSpec()
        .withHolderIdentity(self)
        .withLeaseDurationSeconds(Math.toIntExact(Math.max(1, duration.toSeconds())))
        .withAcquireTime(renewal ? spec.getAcquireTime() : now)
        .withRenewTime(now)
        .withLeaseTransitions(orZero(spec.getLeaseTransitions()) + (renewal ? 0 : 1))
        .endSpec()
        .build();
  }

  private static int orZero(@Nullable Integer number) {
    return Objects.requireNonNullElse(number, 0);
  }

  private io.fabric8.kubernetes.client.dsl.Resource<Lease> resource() {
    return client.leases().inNamespace(namespace).withName(LEASE);
  }

  /** Hands over: the next replica need not wait for the lease to run out. */
  @Override
  public void close() {
    timer.shutdownNow();
    boolean led = leads();
    held = false;
    if (!led) {
      return;
    }
    try {
      if (!timer.awaitTermination(duration.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      Lease lease = resource().get();
      if (lease != null && self.equals(lease.getSpec().getHolderIdentity())) {
        lease.getSpec().setHolderIdentity("");
        client.leases().inNamespace(namespace).resource(lease).update();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KubernetesClientException e) {
      LOG.atWarn().log("the lease was not given back: {}", String.valueOf(e.getMessage()));
    }
  }
}
