package io.pidcheck.bot.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.cluster.DaemonPod;
import io.pidcheck.bot.incident.NodeEntry.Seen;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is a restart, and what is none. */
class SightingTest {

  private static final Instant SINCE = Instant.parse("2026-03-23T05:00:00Z");

  @Test
  void isNoRestartWhereNothingChanged() {
    assertThat(Sighting.of(seen("a", 3), pod("a", 3, 0), SINCE)).isInstanceOf(Sighting.Same.class);
  }

  @Test
  void countsTheRestartsSinceTheLastLook() {
    assertThat(Sighting.of(seen("a", 1), pod("a", 4, 0), SINCE))
        .isEqualTo(new Sighting.Restarted(3));
  }

  @Test
  void isNoRestartWhereARolloutOrADeletionMadeThePodAnew() {
    assertThat(Sighting.of(seen("a", 7), pod("b", 0, 60), SINCE))
        .isInstanceOf(Sighting.NewPod.class);
  }

  @Test
  void isARestartWhereTheNewPodHasRestartedAlready() {
    assertThat(Sighting.of(seen("a", 7), pod("b", 2, 60), SINCE))
        .isEqualTo(new Sighting.Restarted(2));
  }

  @Test
  void isNoRestartWhereANodeIsNew() {
    assertThat(Sighting.of(Optional.empty(), pod("a", 0, 60), SINCE))
        .isInstanceOf(Sighting.NewPod.class);
  }

  @Test
  void isNoRestartWhatAPodCountedBeforeItWasWatched() {
    assertThat(Sighting.of(Optional.empty(), pod("a", 12, -60), SINCE))
        .isInstanceOf(Sighting.NewPod.class);
  }

  @Test
  void isARestartWhatANewNodesPodCountedBeforeItWasSeen() {
    assertThat(Sighting.of(Optional.empty(), pod("a", 2, 60), SINCE))
        .isEqualTo(new Sighting.Restarted(2));
  }

  @Test
  void isNoRestartWhereTheCountWentBack() {
    assertThat(Sighting.of(seen("a", 3), pod("a", 0, 0), SINCE))
        .isInstanceOf(Sighting.NewPod.class);
  }

  private static Optional<Seen> seen(String uid, int restarts) {
    return Optional.of(new Seen(uid, restarts));
  }

  private static DaemonPod pod(String uid, int restarts, int secondsAfter) {
    return new DaemonPod(
        "calico-node",
        "kube-system",
        "calico-node-x",
        uid,
        "worker-1",
        SINCE.plusSeconds(secondsAfter),
        restarts,
        true,
        SINCE,
        "",
        Optional.empty());
  }
}
