package io.pidcheck.bot.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

  @ParameterizedTest
  @CsvSource({
    // across midnight, in winter one hour ahead of UTC and in summer two
    "22:00, 07:00, Europe/Berlin, 2026-01-10T20:59:59Z, false",
    "22:00, 07:00, Europe/Berlin, 2026-01-10T21:00:00Z, true",
    "22:00, 07:00, Europe/Berlin, 2026-01-11T00:30:00Z, true",
    "22:00, 07:00, Europe/Berlin, 2026-01-11T05:59:59Z, true",
    "22:00, 07:00, Europe/Berlin, 2026-01-11T06:00:00Z, false",
    "22:00, 07:00, Europe/Berlin, 2026-07-10T20:00:00Z, true",
    "22:00, 07:00, Europe/Berlin, 2026-07-11T05:00:00Z, false",
    // within a day
    "12:00, 13:00, Asia/Shanghai, 2026-01-10T03:59:59Z, false",
    "12:00, 13:00, Asia/Shanghai, 2026-01-10T04:00:00Z, true",
    "12:00, 13:00, Asia/Shanghai, 2026-01-10T05:00:00Z, false",
    // the night in which 02:00 to 03:00 do not exist
    "22:00, 02:30, Europe/Berlin, 2026-03-29T00:59:59Z, true",
    "22:00, 02:30, Europe/Berlin, 2026-03-29T01:00:00Z, false",
  })
  void areByTheClockOnTheWallThere(
      LocalTime from, LocalTime to, String zone, Instant at, boolean quiet) {
    assertThat(new QuietHours(from, to, ZoneId.of(zone)).at(at)).isEqualTo(quiet);
  }
}
