package io.pidcheck.bot.local.slack;

import static io.pidcheck.bot.local.slack.Driver.ALERTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FaultsTest {

  private static final Map<String, String> MESSAGE = Map.of("channel", ALERTS, "text", "x");

  private final Workbench bench = Workbench.open();
  private final Driver driver = bench.driver();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void limitsTheRateAsOftenAsAsked() {
    JsonNode active =
        driver.control(
            "faults", "{'rate_limit':{'method':'chat.update','retry_after_s':2,'times':2}}");
    assertThat(active.path("faults").path(0).path("rate_limit").path("times").asInt()).isEqualTo(2);

    assertThat(driver.apiResponse("chat.postMessage", MESSAGE).statusCode()).isEqualTo(200);
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> refused = driver.apiResponse("chat.update", MESSAGE);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).contains("2");
    }
    assertThat(driver.apiResponse("chat.update", MESSAGE).statusCode()).isEqualTo(200);
    assertThat(driver.get("/control/faults").path("faults")).isEmpty();
  }

  @Test
  void failsAMethodWithTheErrorOrStatusAskedFor() {
    driver.control("faults", "{'fail':{'method':'*','error':'fatal_error','times':1}}");
    driver.control("faults", "{'fail':{'method':'*','status':503}}");

    assertThat(driver.api("auth.test", Map.of()).path("error").asString()).isEqualTo("fatal_error");
    HttpResponse<String> broken = driver.apiResponse("auth.test", Map.of());
    assertThat(broken.statusCode()).isEqualTo(503);
    assertThat(Driver.body(broken).path("error").asString()).isEqualTo("internal_error");
    assertThat(driver.api("auth.test", Map.of()).path("ok").asBoolean()).isTrue();
  }

  @Test
  void slowsAMethodDownUntilCleared() {
    driver.control("faults", "{'delay':{'method':'auth.test','millis':300}}");
    Instant start = Instant.now();
    driver.api("auth.test", Map.of());
    assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(290));

    assertThat(driver.control("faults", "{'clear':true}").path("faults")).isEmpty();
  }

  @Test
  void clearsBeforeItAdds() {
    driver.control("faults", "{'fail':{'method':'*'}}");
    JsonNode active =
        driver.control("faults", "{'clear':true,'delay':{'method':'x','millis':1,'times':3}}");
    assertThat(active.path("faults").toString())
        .isEqualTo(Driver.json("[{'delay':{'method':'x','millis':1,'times':3}}]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'ratelimit':{}}",
        "{'rate_limit':{}}",
        "{'rate_limit':{'method':'x','retry_after_s':0}}",
        "{'rate_limit':{'method':'x','times':0}}",
        "{'fail':{'method':'x','status':99}}",
        "{'fail':'chat.update'}",
        "{'delay':{'method':'x'}}",
        "{'delay':{'method':'x','millis':'500'}}",
        "{'socket':'explode'}",
        "{'clear':'yes'}"
      })
  void saysWhatIsRightAboutABadBody(String body) {
    HttpResponse<String> response = driver.post("/control/faults", Driver.json(body));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Driver.body(response).path("error").asString()).containsAnyOf("must be", "use ");
    assertThat(driver.get("/control/faults").path("faults")).isEmpty();
  }
}
