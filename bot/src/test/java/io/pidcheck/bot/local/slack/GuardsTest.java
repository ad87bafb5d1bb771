package io.pidcheck.bot.local.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidcheck.bot.local.slack.workspace.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardsTest {

  private final Workbench bench =
      Workbench.open(
          Map.of(
              "calico/restart",
              body -> Json.object().put("ok", true).put("pod", "calico-node-x"),
              "broken",
              body -> {
                throw new IllegalStateException("secret detail");
              }));
  private final Driver driver = bench.driver();

  @AfterEach
  void close() {
    bench.close();
  }

  private String raw(String request) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), bench.slack().uri().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String get(String headers) {
    return "GET /control/workspace HTTP/1.1\n" + headers + "Connection: close\n\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "127.0.0.1:8065", "localhost:8065", "[::1]:8065", "LOCALHOST"})
  void answersToLoopbackNames(String host) throws Exception {
    assertThat(raw(get("Host: " + host + "\n"))).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8065",
        "10.0.0.1"
      })
  void refusesOtherNames(String host) throws Exception {
    assertThat(raw(get("Host: " + host + "\n")))
        .startsWith("HTTP/1.1 403")
        .contains("forbidden_host");
  }

  @Test
  void refusesARequestWithoutAName() throws Exception {
    assertThat(raw("GET / HTTP/1.0\n\n")).doesNotContain(" 200 ").contains("forbidden_host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "http://127.0.0.1.evil.example",
        "http://localhost@evil.example",
        "http://evil.example/127.0.0.1"
      })
  void refusesScriptsOfOtherSites(String origin) {
    for (String path : List.of("/control/say", "/api/chat.postMessage", "/upload/v1/F1")) {
      HttpResponse<String> response =
          driver.send(
              driver
                  .request(path)
                  .header("Origin", origin)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("{}")));
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.body()).contains("forbidden_origin");
    }
  }

  @Test
  void letsThePageItselfIn() {
    HttpResponse<String> response =
        driver.send(
            driver
                .request("/control/say")
                .header("Origin", bench.slack().uri().toString().replaceFirst("/$", ""))
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(
                    BodyPublishers.ofString(
                        Driver.json("{'user':'U0ALEX','channel':'C0ALERTS','text':'hi'}"))));
    assertThat(Driver.body(response).path("ok").asBoolean()).isTrue();
  }

  @Test
  void refusesLinksAndPicturesOfOtherSites() {
    HttpResponse<String> response =
        driver.send(
            driver.request("/control/workspace").header("Sec-Fetch-Site", "cross-site").GET());
    assertThat(response.statusCode()).isEqualTo(403);
  }

  @Test
  void neverTakesATokenFromTheAddress() {
    HttpResponse<String> response =
        driver.send(driver.request("/api/auth.test?token=" + bench.slack().botToken()).GET());
    assertThat(response.body()).contains("not_authed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonx"})
  void takesOnlyJsonAsControl(String type) {
    HttpResponse<String> response =
        driver.send(
            driver
                .request("/control/say")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("{}")));
    assertThat(response.statusCode()).isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "1", "null", "{} {}"})
  void refusesBodiesThatAreNoObject(String body) {
    HttpResponse<String> response = driver.post("/control/say", body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Driver.body(response).path("error").asString()).contains("JSON object");
  }

  @Test
  void refusesABodyThatIsTooLarge() {
    HttpResponse<String> response =
        driver.post("/control/say", "{\"text\":\"" + "x".repeat(1_100_000) + "\"}");
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("request_too_large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nowhere", "/control/nowhere", "/files/F1/x.png", "/../pom.xml"})
  void answersAnUnknownRouteInJson(String path) {
    HttpResponse<String> response = driver.send(driver.request(path).GET());
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(Driver.body(response).path("ok").asBoolean(true)).isFalse();
  }

  @Test
  void runsWhatWasHandedIn() {
    assertThat(driver.control("calico/restart", "{}").path("pod").asString())
        .isEqualTo("calico-node-x");
  }

  @Test
  void showsNoDetailOfAFailure() {
    HttpResponse<String> response = driver.post("/control/broken", "{}");
    assertThat(response.body()).contains("action_failed").doesNotContain("secret");
  }

  @Test
  void servesOnlyThePagesOwnFiles() throws Exception {
    for (String path :
        List.of("/../LocalSlack.class", "/%2e%2e/LocalSlack.class", "/..%2fLocalSlack.class")) {
      assertThat(raw("GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n\n"))
          .startsWith("HTTP/1.1 40")
          .contains("\"ok\":false");
    }
  }

  @Test
  void closesTwiceWithoutHarm() {
    bench.slack().close();
    bench.slack().close();
  }

  @Test
  void saysInOneLineThatThePortIsTaken() {
    int port = bench.slack().uri().getPort();
    assertThatThrownBy(
            () ->
                LocalSlack.start(
                    new LocalSlack.Options(port, List.of(), Map.of(), Clock.systemUTC())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "port " + port + " on 127.0.0.1 is already in use; choose another, or 0 for any");
  }

  @Test
  void isNotReachableFromOutside() throws Exception {
    int port = bench.slack().uri().getPort();
    List<InetAddress> others =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .toList();
    for (InetAddress address : others) {
      try (Socket socket = new Socket()) {
        assertThatThrownBy(() -> socket.connect(new InetSocketAddress(address, port), 1_000))
            .isInstanceOf(IOException.class);
      }
    }
  }
}
