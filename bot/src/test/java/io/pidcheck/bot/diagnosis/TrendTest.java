package io.pidcheck.bot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.diagnosis.Trend.Direction;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TrendTest {

  @Test
  void tellsHowLongTheFreePidsLast() {
    Trend trend = Trend.of(1000, 1040, Duration.ofMillis(500), OptionalLong.of(840)).orElseThrow();
    assertThat(trend.direction()).isEqualTo(Direction.GROWING);
    assertThat(trend.tasksPerSecond()).isEqualTo(80);
    assertThat(trend.untilFull()).contains(Duration.ofSeconds(10));
  }

  @Test
  void takesABusyNodesComingAndGoingForSteady() {
    assertThat(Trend.of(1000, 1002, Duration.ofSeconds(1), OptionalLong.of(5)))
        .hasValueSatisfying(trend -> assertThat(trend.direction()).isEqualTo(Direction.STEADY));
  }

  @Test
  void takesAPodsStartForSteady() {
    assertThat(Trend.of(1000, 1027, Duration.ofMillis(250), OptionalLong.of(60)))
        .hasValueSatisfying(trend -> assertThat(trend.direction()).isEqualTo(Direction.STEADY));
  }

  @Test
  void promisesNoEndWhereItShrinksOrNothingIsKnownOfTheLimit() {
    assertThat(Trend.of(1000, 900, Duration.ofSeconds(1), OptionalLong.of(5)).orElseThrow())
        .returns(Direction.SHRINKING, Trend::direction)
        .satisfies(trend -> assertThat(trend.untilFull()).isEmpty());
    assertThat(
            Trend.of(1000, 2000, Duration.ofSeconds(1), OptionalLong.empty())
                .orElseThrow()
                .untilFull())
        .isEmpty();
  }

  @Test
  void saysNothingFromOneMoment() {
    assertThat(Trend.of(1, 1000, Duration.ZERO, OptionalLong.of(5))).isEmpty();
  }
}
