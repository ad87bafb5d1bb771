package io.pidcheck.bot.local.slack;

import static io.pidcheck.bot.local.slack.Driver.ALERTS;
import static io.pidcheck.bot.local.slack.Driver.ALEX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SocketModeTest {

  private static final String COMMAND =
      "{'user':'U0ALEX','channel':'C0ALERTS','text':'/pidcheck node a & b'}";

  private final Workbench bench = Workbench.open();
  private final Driver driver = bench.driver();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void greetsAConnectionAndCountsThem() {
    JsonNode first = RawSocket.connect(driver).frames().getFirst();
    JsonNode second = RawSocket.connect(driver).frames().getFirst();

    assertThat(first.path("type").asString()).isEqualTo("hello");
    assertThat(first.path("num_connections").asInt()).isEqualTo(1);
    assertThat(second.path("num_connections").asInt()).isEqualTo(2);
    assertThat(first.path("debug_info").path("host").asString()).isNotEmpty();
  }

  @Test
  void takesATicketOnce() {
    URI uri = driver.openConnection();
    connect(uri).join();
    assertThatThrownBy(() -> connect(uri).join()).hasMessageContaining("WebSocketHandshake");
  }

  @Test
  void refusesATicketThatIsTooOld() {
    URI uri = driver.openConnection();
    bench.clock().advance(Duration.ofSeconds(30));
    assertThatThrownBy(() -> connect(uri).join()).hasMessageContaining("WebSocketHandshake");
  }

  private static CompletableFuture<WebSocket> connect(URI uri) {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(uri, new WebSocket.Listener() {});
  }

  @Test
  void givesEachPayloadToExactlyOneOfTwoConnections() throws Exception {
    RawSocket one = RawSocket.connect(driver);
    RawSocket two = RawSocket.connect(driver);
    List<CompletableFuture<JsonNode>> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      answers.add(driver.controlLater("say", COMMAND));
    }
    Driver.await("six", () -> one.envelopes().size() + two.envelopes().size() == 6);
    one.envelopes().forEach(one::ack);
    two.envelopes().forEach(two::ack);
    for (CompletableFuture<JsonNode> answer : answers) {
      assertThat(answer.get(10, TimeUnit.SECONDS).path("ok").asBoolean()).isTrue();
    }

    assertThat(one.envelopes()).hasSize(3);
    assertThat(two.envelopes()).hasSize(3).doesNotContainAnyElementsOf(one.envelopes());
  }

  @Test
  void sendsASlashCommandAsSlackDoes() throws Exception {
    RawSocket bot = RawSocket.connect(driver);
    CompletableFuture<JsonNode> answer = driver.controlLater("say", COMMAND);
    JsonNode envelope = bot.awaitEnvelope();
    bot.ack(envelope, "{'text':'only you'}");

    assertThat(answer.get(10, TimeUnit.SECONDS).path("ok").asBoolean()).isTrue();
    assertThat(envelope.path("type").asString()).isEqualTo("slash_commands");
    assertThat(envelope.path("accepts_response_payload").asBoolean()).isTrue();
    JsonNode payload = envelope.path("payload");
    assertThat(payload.path("command").asString()).isEqualTo("/pidcheck");
    assertThat(payload.path("text").asString()).isEqualTo("node a &amp; b");
    assertThat(payload.path("user_name").asString()).isEqualTo("alex");
    assertThat(payload.path("channel_name").asString()).isEqualTo("k8s-alerts");
    assertThat(payload.propertyNames())
        .contains(
            "token",
            "team_id",
            "user_id",
            "channel_id",
            "trigger_id",
            "response_url",
            "api_app_id",
            "is_enterprise_install");
    JsonNode shown = driver.lastMessage(ALERTS);
    assertThat(shown.path("text").asString()).isEqualTo("only you");
    assertThat(shown.path("ephemeral_to").asString()).isEqualTo(ALEX);
  }

  @Test
  void showsBothCommandAndAnswerWhenItIsForTheChannel() throws Exception {
    RawSocket bot = RawSocket.connect(driver);
    CompletableFuture<JsonNode> answer = driver.controlLater("say", COMMAND);
    bot.ack(bot.awaitEnvelope(), "{'response_type':'in_channel','text':'for all'}");
    answer.get(10, TimeUnit.SECONDS);

    assertThat(driver.messages(ALERTS))
        .extracting(m -> m.path("user").asString() + " " + m.path("text").asString())
        .containsExactly("U0ALEX /pidcheck node a &amp; b", "U0PIDCHECK for all");
  }

  @Test
  void tellsTheUserWhenTheBotDoesNotAcknowledgeInTime() throws Exception {
    RawSocket bot = RawSocket.connect(driver);
    CompletableFuture<JsonNode> answer = driver.controlLater("say", COMMAND);
    JsonNode envelope = bot.awaitEnvelope();

    bench.clock().advance(Duration.ofMillis(2_999));
    driver.get("/control/workspace");
    assertThat(answer).isNotDone();
    bench.clock().advance(Duration.ofMillis(1));

    assertThat(answer.get(10, TimeUnit.SECONDS).path("error").asString())
        .isEqualTo("operation_timeout");
    bot.ack(envelope, "{'text':'too late'}");
    JsonNode shown = driver.lastMessage(ALERTS);
    assertThat(shown.path("text").asString())
        .isEqualTo("/pidcheck failed with the error \"operation_timeout\"");
    assertThat(shown.path("user").asString()).isEqualTo("USLACKBOT");
    assertThat(shown.path("ephemeral_to").asString()).isEqualTo(ALEX);
    assertThat(bot.envelopes()).as("commands are not sent again").hasSize(1);
  }

  @Test
  void tellsTheUserWhenNoBotIsConnected() {
    assertThat(driver.say(ALEX, "/pidcheck").path("error").asString()).isEqualTo("dispatch_failed");
    assertThat(driver.lastMessage(ALERTS).path("text").asString())
        .isEqualTo("/pidcheck failed with the error \"dispatch_failed\"");
  }

  @Test
  void survivesFramesThatMakeNoSense() throws Exception {
    RawSocket bot = RawSocket.connect(driver);
    bot.send("{half");
    bot.send("[]");
    bot.send("{\"envelope_id\":\"nobody\"}");
    CompletableFuture<JsonNode> answer = driver.controlLater("say", COMMAND);
    bot.ack(bot.awaitEnvelope());
    assertThat(answer.get(10, TimeUnit.SECONDS).path("ok").asBoolean()).isTrue();
  }

  @Test
  void dropsConnectionsAndRefusesThemUntilTheyAreAccepted() {
    RawSocket bot = RawSocket.connect(driver);
    JsonNode active = driver.control("faults", "{'socket':'refuse'}");
    assertThat(active.path("socket").asString()).isEqualTo("refuse");
    Driver.await("closed", bot::isClosed);
    assertThat(driver.isConnected()).isFalse();
    assertThatThrownBy(() -> connect(driver.openConnection()).join())
        .hasMessageContaining("WebSocketHandshake");

    driver.control("faults", "{'socket':'accept'}");
    RawSocket.connect(driver);
    assertThat(driver.isConnected()).isTrue();
  }

  @Test
  void prefersTheNewConnectionOnceTheOldOneIsToBeRefreshed() throws Exception {
    RawSocket old = RawSocket.connect(driver);
    driver.control("faults", "{'socket':'warn'}");
    driver.control("faults", "{'socket':'refresh'}");
    Driver.await("told", () -> old.frames().size() == 3);
    assertThat(old.frames())
        .extracting(frame -> frame.path("reason").asString(""))
        .containsExactly("", "warning", "refresh_requested");

    RawSocket fresh = RawSocket.connect(driver);
    for (int i = 0; i < 2; i++) {
      CompletableFuture<JsonNode> answer = driver.controlLater("say", COMMAND);
      int expected = i + 1;
      Driver.await("to the fresh one", () -> fresh.envelopes().size() == expected);
      fresh.ack(fresh.envelopes().getLast());
      answer.get(10, TimeUnit.SECONDS);
    }
    assertThat(old.envelopes()).isEmpty();
    bench.clock().advance(Duration.ofSeconds(10));
    Driver.await("the old one is closed", old::isClosed);
    assertThat(fresh.isClosed()).isFalse();
  }

  @Test
  void turnsTheEleventhConnectionAway() {
    for (int i = 0; i < 10; i++) {
      RawSocket.connect(driver);
    }
    RawSocket eleventh = RawSocket.connect(driver);
    assertThat(eleventh.frames().getFirst().path("reason").asString())
        .isEqualTo("too_many_websockets");
    Driver.await("closed", eleventh::isClosed);
  }

  @Test
  void sendsAnEventAgainUntilItIsAcknowledged() {
    RawSocket bot = RawSocket.connect(driver);
    driver.control("event", "{'event':{'type':'app_home_opened'}}");
    Driver.await("first", () -> bot.envelopes().size() == 1);
    bench.clock().advance(Duration.ofSeconds(3));
    Driver.await("at once again", () -> bot.envelopes().size() == 2);
    assertThat(bot.envelopes().getLast().path("retry_attempt").asInt()).isEqualTo(1);
    bot.ack(bot.envelopes().getLast());

    JsonNode first = bot.envelopes().getFirst();
    assertThat(first.path("type").asString()).isEqualTo("events_api");
    assertThat(first.path("payload").path("event").path("type").asString())
        .isEqualTo("app_home_opened");
  }
}
