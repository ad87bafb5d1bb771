package io.pidcheck.bot.local.slack;

import static io.pidcheck.bot.local.slack.Driver.ALERTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {

  private final Workbench bench = Workbench.open();
  private final Driver driver = bench.driver();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    bench.close();
  }

  private void listen() {
    Stream<String> stream =
        HttpClient.newHttpClient()
            .sendAsync(driver.request("/control/events").GET().build(), BodyHandlers.ofLines())
            .join()
            .body();
    Thread.ofVirtual().start(() -> stream.forEach(lines::add));
    Driver.await("the stream", () -> lines.contains("data: {\"connected\":false}"));
  }

  @Test
  void tellsThePageWhatHappens() {
    listen();
    String ts =
        driver
            .api("chat.postMessage", Map.of("channel", ALERTS, "text", "hello"))
            .path("ts")
            .asString();
    driver.api("chat.update", Map.of("channel", ALERTS, "ts", ts, "text", "changed"));
    driver.api("chat.delete", Map.of("channel", ALERTS, "ts", ts));
    RawSocket.connect(driver);
    Driver.await("all", () -> lines.contains("data: {\"connected\":true}"));

    assertThat(lines.stream().filter(line -> line.startsWith("event:")))
        .containsExactly(
            "event: connection",
            "event: message",
            "event: message",
            "event: deleted",
            "event: connection");
    assertThat(lines)
        .anyMatch(line -> line.startsWith("data:") && line.contains("\"text\":\"changed\""))
        .contains("data: {\"channel\":\"C0ALERTS\",\"ts\":\"" + ts + "\"}");
  }

  @Test
  void tellsAThreadsParentThatItHasOneReplyMore() {
    listen();
    String parent = driver.say(Driver.ALEX, "parent").path("ts").asString();
    driver.api("chat.postMessage", Map.of("channel", ALERTS, "text", "reply", "thread_ts", parent));
    Driver.await("the parent", () -> lines.stream().anyMatch(l -> l.contains("\"reply_count\":1")));
  }
}
