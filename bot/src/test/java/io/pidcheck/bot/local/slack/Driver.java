package io.pidcheck.bot.local.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.local.slack.workspace.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Talks to a workspace over real HTTP, as its page and as a bot without an SDK. */
final class Driver {

  static final String ALEX = "U0ALEX";
  static final String LI_WEI = "U0LIWEI";
  static final String ALERTS = "C0ALERTS";

  private final HttpClient http = HttpClient.newHttpClient();
  private final LocalSlack slack;

  Driver(LocalSlack slack) {
    this.slack = slack;
  }

  static String json(String singleQuoted) {
    return singleQuoted.replace('\'', '"');
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(slack.uri().resolve(path));
  }

  static JsonNode body(HttpResponse<String> response) {
    return Json.parse(response.body())
        .orElseThrow(() -> new AssertionError("not JSON: " + response.body()));
  }

  JsonNode get(String path) {
    return body(send(request(path).GET()));
  }

  HttpResponse<String> post(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  /** A control call with single quotes for double ones. */
  JsonNode control(String name, String singleQuoted) {
    return body(post("/control/" + name, json(singleQuoted)));
  }

  CompletableFuture<JsonNode> controlLater(String name, String singleQuoted) {
    return CompletableFuture.supplyAsync(
        () -> control(name, singleQuoted), task -> Thread.ofVirtual().start(task));
  }

  JsonNode say(String user, String text) {
    String body =
        Json.object().put("user", user).put("channel", ALERTS).put("text", text).toString();
    return body(post("/control/say", body));
  }

  List<JsonNode> messages(String channel) {
    return get("/control/messages?channel=" + channel).path("messages").valueStream().toList();
  }

  JsonNode lastMessage(String channel) {
    List<JsonNode> messages = messages(channel);
    assertThat(messages).isNotEmpty();
    return messages.getLast();
  }

  /** A Web API call with the bot's token and a form body, as the SDK makes it. */
  HttpResponse<String> apiResponse(String method, Map<String, String> form) {
    return send(
        HttpRequest.newBuilder(URI.create(slack.apiUri() + method))
            .header("Authorization", "Bearer " + slack.botToken())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded(form))));
  }

  JsonNode api(String method, Map<String, String> form) {
    return body(apiResponse(method, form));
  }

  /** A new Socket Mode URL, as the app's own token gets it. */
  URI openConnection() {
    JsonNode answer =
        body(
            send(
                HttpRequest.newBuilder(URI.create(slack.apiUri() + "apps.connections.open"))
                    .header("Authorization", "Bearer " + slack.appToken())
                    .POST(BodyPublishers.noBody())));
    return URI.create(answer.path("url").asString());
  }

  static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  static void await(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plusSeconds(15);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("never: " + what);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  boolean isConnected() {
    return get("/control/workspace").path("bot").path("connected").asBoolean(false);
  }
}
