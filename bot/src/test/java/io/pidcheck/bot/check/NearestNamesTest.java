package io.pidcheck.bot.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNamesTest {

  private static final List<String> NODES =
      List.of("k8s-master01", "k8s-worker01", "k8s-worker02", "k8s-worker12", "gpu-a");

  @Test
  void putsTheNearestFirst() {
    assertThat(NearestNames.of("k8s-worker2", NODES))
        .containsExactly("k8s-worker02", "k8s-worker12", "k8s-worker01");
  }

  @Test
  void knowsANodeByAPartOfItsName() {
    assertThat(NearestNames.of("worker02", NODES)).first().isEqualTo("k8s-worker02");
  }

  @Test
  void suggestsNothingWhereNothingIsNear() {
    assertThat(NearestNames.of("database", NODES)).isEmpty();
  }
}
