package io.pidcheck.probe.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TaskTotalTest {

  @Test
  void readsTheTotalBehindTheRunnable() {
    assertThat(parse("12.79 9.73 10.58 3/29480 20531\n")).isEqualTo(29_480);
  }

  @Test
  void readsNothingOutOfAnythingElse() {
    assertThat(parse("")).isEqualTo(TaskTotal.UNKNOWN);
    assertThat(parse("0.1 0.2 0.3")).isEqualTo(TaskTotal.UNKNOWN);
    assertThat(parse("0.1 0.2 0.3 4 5\n")).isEqualTo(TaskTotal.UNKNOWN);
    assertThat(parse("0.1 0.2 0.3 4/x 5\n")).isEqualTo(TaskTotal.UNKNOWN);
  }

  @Test
  void isOfTheTasksThatWereCountedMeanwhile() {
    assertThat(TaskTotal.isOf(20_000, 20_000, 20_000)).isTrue();
    assertThat(TaskTotal.isOf(20_100, 19_000, 21_000)).isTrue(); // they grow
    assertThat(TaskTotal.isOf(20_100, 21_000, 19_000)).isTrue(); // they end
    assertThat(TaskTotal.isOf(20_150, 20_000, 20_000)).isTrue();
  }

  @Test
  void isNotOfThemWhereAKernelIsSharedOrNothingIsKnown() {
    assertThat(TaskTotal.isOf(3_800, 4_250, 4_250)).isFalse();
    assertThat(TaskTotal.isOf(40, 500, 510)).isFalse();
    assertThat(TaskTotal.isOf(20_000, TaskTotal.UNKNOWN, 20_000)).isFalse();
    assertThat(TaskTotal.isOf(20_000, 20_000, TaskTotal.UNKNOWN)).isFalse();
  }

  private static long parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return TaskTotal.parse(bytes, bytes.length);
  }
}
