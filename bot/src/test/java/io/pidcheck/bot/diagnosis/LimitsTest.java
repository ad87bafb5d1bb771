package io.pidcheck.bot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.diagnosis.LimitUse.Kind;
import io.pidcheck.bot.diagnosis.LimitUse.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {

  @Test
  void countsIdsHeldBackAsUsed() {
    LimitUse full = new LimitUse(Kind.PID_MAX, Scope.NODE, "", 3820, 4096, 0);
    assertThat(full.fullness()).isEqualTo(1);
    assertThat(full.usedShare()).isLessThan(0.94);
  }

  @Test
  void callsItCriticalWhenOnePodStartMayFail() {
    assertThat(
            Level.of(List.of(new LimitUse(Kind.PID_MAX, Scope.NODE, "", 4_000_000, 4_194_304, 59))))
        .isEqualTo(Level.CRITICAL);
    assertThat(Level.of(List.of(new LimitUse(Kind.PID_MAX, Scope.NODE, "", 900, 4096, 2900))))
        .isEqualTo(Level.HEALTHY);
  }

  @Test
  void doesNotCryWolfOverASmallContainersOwnLimit() {
    assertThat(Level.of(List.of(new LimitUse(Kind.CGROUP, Scope.ONE_POD, "/pod", 10, 50, 40))))
        .isEqualTo(Level.HEALTHY);
    assertThat(Level.of(List.of(new LimitUse(Kind.CGROUP, Scope.ONE_POD, "/pod", 50, 50, 0))))
        .isEqualTo(Level.CRITICAL);
  }

  @Test
  void refusesAPodsStartBeforeTheLastPidIsGoneButAPodsOwnProcessOnlyThen() {
    assertThat(new LimitUse(Kind.PID_MAX, Scope.NODE, "", 4000, 4096, 59).refuses()).isTrue();
    assertThat(new LimitUse(Kind.CGROUP, Scope.RUNTIME, "/c", 471, 480, 9).refuses()).isTrue();
    assertThat(new LimitUse(Kind.CGROUP, Scope.USER, "/u", 381, 400, 19).refuses()).isFalse();
    assertThat(new LimitUse(Kind.CGROUP, Scope.ONE_POD, "/p", 400, 400, 0).refuses()).isTrue();
  }

  @Test
  void takesTheWorstOfAll() {
    assertThat(
            Level.of(
                List.of(
                    new LimitUse(Kind.THREADS_MAX, Scope.NODE, "", 10, 1000, 990),
                    new LimitUse(Kind.CGROUP, Scope.ALL_PODS, "/kubepods", 85, 100, 15))))
        .isEqualTo(Level.WARNING);
  }

  @Test
  void doesNotCallANodeCalmWithoutKnowing() {
    assertThat(Level.of(List.of())).isEqualTo(Level.UNKNOWN);
  }
}
