package io.pidcheck.probe.standby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidcheck.probe.standby.Json.Malformed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a watch is an order, and that nothing else is. */
class OrderTest {

  private static final String EVENT =
      """
      {"type":"ADDED","object":{"kind":"Job","metadata":{"uid":"u","creationTimestamp":"2026-11-01T10:00:00Z",
       "labels":{"pidcheck.io/means":"standby"},"annotations":{"pidcheck.io/node":"w\\u006f-7",
       "pidcheck.io/standby-arguments":"kill\\n--target=1:2","pidcheck.io/standby-valid-seconds":"4"}},
       "spec":{"parallelism":0,"suspend":false,"x":[1,-2.5e3,null,true,{"y":[]}]}}}
      """;

  @Test
  void isReadFromAJobWithoutAPod() throws Malformed {
    assertThat(Order.in(Json.read(EVENT)))
        .contains(
            new Order(
                "u",
                "wo-7",
                Instant.parse("2026-11-01T10:00:00Z"),
                Duration.ofSeconds(4),
                List.of("kill", "--target=1:2")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"ADDED\"|\"DELETED\"",
        "\"ADDED\"|\"BOOKMARK\"",
        "\"parallelism\":0|\"parallelism\":1",
        "\"parallelism\":0,|",
        "\"uid\":\"u\"|\"deletionTimestamp\":\"2026-11-01T10:00:00Z\",\"uid\":\"u\"",
        "\"uid\":\"u\"|\"uid\":1",
        "10:00:00Z|yesterday",
        "\"4\"|\"soon\"",
        "\"4\"|\"-4\"",
        "\"4\"|\"999999999\"",
        "standby-arguments|other",
      })
  void isNothingElse(String change) throws Malformed {
    String[] parts = change.split("\\|", -1);
    assertThat(EVENT).contains(parts[0]);
    assertThat(Order.in(Json.read(EVENT.replace(parts[0], parts[1])))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[1,", "{\"a\" 1}", "{a:1}", "[1 2]", "\"\\u00zz\"", "\"a", "{} {}", "!"})
  void isNoJson(String text) {
    assertThatThrownBy(() -> Json.read(text)).isInstanceOf(Malformed.class);
  }

  @Test
  void isNotLookedForAtAnyDepth() {
    assertThatThrownBy(() -> Json.read("[".repeat(100_000))).isInstanceOf(Malformed.class);
  }
}
