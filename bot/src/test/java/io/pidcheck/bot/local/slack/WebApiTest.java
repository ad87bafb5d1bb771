package io.pidcheck.bot.local.slack;

import static io.pidcheck.bot.local.slack.Driver.ALERTS;
import static io.pidcheck.bot.local.slack.Driver.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class WebApiTest {

  private final Workbench bench = Workbench.open();
  private final Driver driver = bench.driver();

  @AfterEach
  void close() {
    bench.close();
  }

  private String post(String text) {
    return driver
        .api("chat.postMessage", Map.of("channel", ALERTS, "text", text))
        .path("ts")
        .asString();
  }

  private String error(String method, Map<String, String> form) {
    return driver.api(method, form).path("error").asString("none");
  }

  private JsonNode withToken(String method, String authorization) {
    HttpRequest.Builder request = driver.request("/api/" + method).POST(BodyPublishers.noBody());
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return Driver.body(driver.send(request));
  }

  @ParameterizedTest
  @CsvSource({
    "auth.test,             '',                               not_authed",
    "auth.test,             Bearer xoxb-wrong,                invalid_auth",
    "apps.connections.open, Bearer xoxb-local-pidcheck,       not_allowed_token_type",
    "chat.postMessage,      Bearer xapp-1-A0PIDCHECK-local,   not_allowed_token_type",
    "no.such.method,        Bearer xoxb-local-pidcheck,       unknown_method"
  })
  void mindsTokens(String method, String authorization, String error) {
    assertThat(withToken(method, authorization).path("error").asString()).isEqualTo(error);
  }

  @Test
  void takesATokenFromTheBodyToo() {
    HttpResponse<String> response =
        driver.send(
            driver
                .request("/api/auth.test")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + bench.slack().botToken())));
    assertThat(Driver.body(response).path("user_id").asString()).isEqualTo("U0PIDCHECK");
  }

  @Test
  void takesFormsAndJsonAlike() {
    HttpResponse<String> response =
        driver.send(
            driver
                .request("/api/chat.postMessage")
                .header("Authorization", "Bearer " + bench.slack().botToken())
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        json("{'channel':'C0ALERTS','blocks':[{'type':'divider'}]}"))));
    assertThat(Driver.body(response).path("ok").asBoolean()).isTrue();
    driver.api(
        "chat.postMessage", Map.of("channel", ALERTS, "blocks", json("[{'type':'divider'}]")));
    assertThat(driver.messages(ALERTS))
        .extracting(m -> m.path("blocks").path(0).path("type").asString())
        .containsExactly("divider", "divider");
  }

  @Test
  void countsMessagesInSlacksOwnWay() {
    assertThat(List.of(post("a"), post("b")))
        .containsExactly("1700000000.000100", "1700000000.000200");
    bench.clock().advance(Duration.ofSeconds(1));
    assertThat(post("c")).isEqualTo("1700000001.000100");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          chat.postMessage | channel=C0NONE&text=x                             | channel_not_found
          chat.postMessage | text=x                                            | invalid_arguments
          chat.postMessage | channel=C0ALERTS                                  | no_text
          chat.postMessage | channel=C0ALERTS&text=%20                         | no_text
          chat.postMessage | channel=C0ALERTS&text=x&thread_ts=1.000001        | thread_not_found
          chat.postMessage | channel=C0ALERTS&blocks=%5B                       | invalid_blocks_format
          chat.postMessage | channel=C0ALERTS&blocks=%7B%7D                    | invalid_blocks_format
          chat.postMessage | channel=C0ALERTS&blocks=%5B%7B%7D%5D              | invalid_blocks
          chat.postMessage | channel=C0ALERTS&text=x&attachments=%5B           | invalid_attachments
          chat.update      | channel=C0ALERTS&ts=1.000001&text=x               | message_not_found
          chat.update      | channel=C0NONE&ts=1.000001&text=x                 | channel_not_found
          chat.update      | channel=C0ALERTS&text=x                           | invalid_arguments
          chat.delete      | channel=C0ALERTS&ts=1.000001                      | message_not_found
          chat.postEphemeral | channel=C0ALERTS&user=U0NONE&text=x             | user_not_in_channel
          chat.postEphemeral | channel=D0ALEX&user=U0GUEST&text=x              | user_not_in_channel
          chat.getPermalink | channel=C0ALERTS&message_ts=1.000001             | message_not_found
          conversations.info | channel=C0NONE                                  | channel_not_found
          conversations.history | channel=C0GENERAL                            | not_in_channel
          conversations.replies | channel=C0ALERTS&ts=1.000001                 | thread_not_found
          conversations.open | users=U0NONE                                    | user_not_found
          users.info       | user=U0NONE                                       | user_not_found
          usergroups.users.list | usergroup=S0NONE                             | no_such_subteam
          views.open       | trigger_id=1.2.x&view=%7B                         | invalid_arguments
          views.update     | view_id=V0NONE&view=%7B%22type%22%3A%22modal%22%2C%22blocks%22%3A%5B%5D%2C%22title%22%3A%7B%22type%22%3A%22plain_text%22%2C%22text%22%3A%22t%22%7D%7D | not_found
          files.info       | file=F0NONE                                       | file_not_found
          files.getUploadURLExternal | filename=a.png&length=0                 | invalid_arguments
          files.getUploadURLExternal | filename=a.png&length=99999999          | file_upload_size_restricted
          files.completeUploadExternal | files=%5B%7B%22id%22%3A%22F0%22%7D%5D | file_not_found
          reactions.add    | channel=C0ALERTS&timestamp=1.000001&name=eyes     | message_not_found
          """)
  void refusesWithSlacksErrorName(String method, String form, String error) {
    HttpResponse<String> response =
        driver.send(
            driver
                .request("/api/" + method)
                .header("Authorization", "Bearer " + bench.slack().botToken())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Driver.body(response).path("error").asString()).isEqualTo(error);
  }

  @Test
  void explainsInvalidBlocksAsSlackDoes() {
    JsonNode answer =
        driver.api(
            "chat.postMessage",
            Map.of(
                "channel",
                ALERTS,
                "blocks",
                json("[{'type':'header','text':{'type':'plain_text','text':''}}]")));
    assertThat(answer.path("errors").path(0).asString())
        .isEqualTo("must be more than 0 characters [json-pointer:/blocks/0/text/text]");
    assertThat(answer.path("response_metadata").path("messages").path(0).asString())
        .isEqualTo("[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]");
  }

  @Test
  void refusesAMessageWhoseBlocksAreTooLongTogether() {
    String section =
        "{'type':'section','text':{'type':'plain_text','text':'" + "x".repeat(2_900) + "'}}";
    String blocks =
        json("[" + String.join(",", List.of(section, section, section, section, section)) + "]");
    assertThat(error("chat.postMessage", Map.of("channel", ALERTS, "blocks", blocks)))
        .isEqualTo("msg_blocks_too_long");
  }

  @Test
  void refusesTooManyAttachments() {
    String attachments = "[" + "{},".repeat(100) + "{}]";
    assertThat(
            error(
                "chat.postMessage",
                Map.of("channel", ALERTS, "text", "x", "attachments", attachments)))
        .isEqualTo("too_many_attachments");
  }

  @Test
  void cutsALongTextButRefusesItInAnUpdate() {
    String ts = post("x".repeat(40_001));
    assertThat(driver.lastMessage(ALERTS).path("text").asString()).hasSize(40_000);
    Map<String, String> update = new HashMap<>(Map.of("channel", ALERTS, "ts", ts));
    update.put("text", "x".repeat(4_000));
    assertThat(error("chat.update", update)).isEqualTo("none");
    update.put("text", "x".repeat(4_001));
    assertThat(error("chat.update", update)).isEqualTo("msg_too_long");
  }

  @Test
  void removesTheBlocksWhenAnUpdateBringsTextAlone() {
    JsonNode posted =
        driver.api(
            "chat.postMessage",
            Map.of("channel", ALERTS, "text", "a", "blocks", json("[{'type':'divider'}]")));
    driver.api(
        "chat.update", Map.of("channel", ALERTS, "ts", posted.path("ts").asString(), "text", "b"));

    JsonNode message = driver.lastMessage(ALERTS);
    assertThat(message.path("text").asString()).isEqualTo("b");
    assertThat(message.path("blocks")).isEmpty();
    assertThat(message.path("edited").path("ts").asString()).isNotEmpty();
    assertThat(driver.messages(ALERTS)).hasSize(1);
  }

  @Test
  void letsTheBotChangeNothingButItsOwn() {
    String ts = driver.say(Driver.ALEX, "mine").path("ts").asString();
    assertThat(error("chat.update", Map.of("channel", ALERTS, "ts", ts, "text", "x")))
        .isEqualTo("cant_update_message");
    assertThat(error("chat.delete", Map.of("channel", ALERTS, "ts", ts)))
        .isEqualTo("cant_delete_message");
  }

  @Test
  void keepsEphemeralMessagesOutOfReach() {
    String ts =
        driver
            .api("chat.postEphemeral", Map.of("channel", ALERTS, "user", "U0LIWEI", "text", "psst"))
            .path("message_ts")
            .asString();
    assertThat(driver.lastMessage(ALERTS).path("ephemeral_to").asString()).isEqualTo("U0LIWEI");
    assertThat(driver.get("/control/messages?channel=C0ALERTS&user=U0ALEX").path("messages"))
        .isEmpty();
    assertThat(driver.api("conversations.history", Map.of("channel", ALERTS)).path("messages"))
        .isEmpty();
    assertThat(error("chat.update", Map.of("channel", ALERTS, "ts", ts, "text", "x")))
        .isEqualTo("message_not_found");
  }

  @Test
  void threadsRepliesAndCountsThem() {
    String parent = post("parent");
    Map<String, String> reply = Map.of("channel", ALERTS, "text", "r", "thread_ts", parent);
    String first = driver.api("chat.postMessage", reply).path("ts").asString();
    driver.api("chat.postMessage", Map.of("channel", ALERTS, "text", "r2", "thread_ts", first));

    JsonNode history = driver.api("conversations.history", Map.of("channel", ALERTS));
    assertThat(history.path("messages")).hasSize(1);
    assertThat(history.path("messages").path(0).path("reply_count").asInt()).isEqualTo(2);
    JsonNode thread = driver.api("conversations.replies", Map.of("channel", ALERTS, "ts", parent));
    assertThat(thread.path("messages"))
        .extracting(m -> m.path("text").asString())
        .containsExactly("parent", "r", "r2");
  }

  @Test
  void pagesHistoryNewestFirst() {
    String a = post("a");
    post("b");
    post("c");
    JsonNode page = driver.api("conversations.history", Map.of("channel", ALERTS, "limit", "2"));
    assertThat(page.path("has_more").asBoolean()).isTrue();
    assertThat(page.path("messages"))
        .extracting(m -> m.path("text").asString())
        .containsExactly("c", "b");
    JsonNode after = driver.api("conversations.history", Map.of("channel", ALERTS, "oldest", a));
    assertThat(after.path("messages")).hasSize(2);
    JsonNode exactly =
        driver.api(
            "conversations.history",
            Map.of("channel", ALERTS, "oldest", a, "latest", a, "inclusive", "true"));
    assertThat(exactly.path("messages")).hasSize(1);
  }

  @Test
  void linksToAMessageOnThePage() {
    String ts = post("here");
    String link =
        driver
            .api("chat.getPermalink", Map.of("channel", ALERTS, "message_ts", ts))
            .path("permalink")
            .asString();
    assertThat(link).endsWith("/archives/C0ALERTS/p1700000000000100");
    HttpResponse<String> response = driver.send(driver.request(link).GET());
    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.headers().firstValue("Location")).contains("/#//C0ALERTS/" + ts);
  }

  @Test
  void reactsOnce() {
    String ts = post("look");
    Map<String, String> eyes = Map.of("channel", ALERTS, "timestamp", ts, "name", "eyes");
    assertThat(error("reactions.add", eyes)).isEqualTo("none");
    assertThat(error("reactions.add", eyes)).isEqualTo("already_reacted");
    assertThat(driver.lastMessage(ALERTS).path("reactions").path(0).path("count").asInt())
        .isEqualTo(1);
    assertThat(error("reactions.remove", eyes)).isEqualTo("none");
    assertThat(error("reactions.remove", eyes)).isEqualTo("no_reaction");
  }

  @Test
  void sharesFilesOnlyWhereTheBotIsAndLetsABlockShowThem() {
    JsonNode announced =
        driver.api("files.getUploadURLExternal", Map.of("filename", "a.txt", "length", "3"));
    String id = announced.path("file_id").asString();
    Map<String, String> complete =
        Map.of("files", json("[{'id':'" + id + "'}]"), "channel_id", "C0GENERAL");
    String picture = json("[{'type':'image','alt_text':'a','slack_file':{'id':'" + id + "'}}]");
    Map<String, String> message = Map.of("channel", ALERTS, "blocks", picture);

    assertThat(upload(announced, "four")).isEqualTo(400);
    assertThat(error("files.completeUploadExternal", complete)).isEqualTo("file_not_found");
    assertThat(upload(announced, "abc")).isEqualTo(200);
    assertThat(error("chat.postMessage", message)).isEqualTo("invalid_blocks");
    assertThat(error("files.completeUploadExternal", complete)).isEqualTo("not_in_channel");
    assertThat(
            driver.post(
                "/control/say",
                json("{'user':'U0ALEX','channel':'C0GENERAL','text':'/invite @pidcheck'}")))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(200);
    assertThat(error("files.completeUploadExternal", complete)).isEqualTo("none");
    assertThat(error("chat.postMessage", message)).isEqualTo("none");
  }

  private int upload(JsonNode announced, String content) {
    return driver
        .send(
            driver
                .request(announced.path("upload_url").asString())
                .POST(BodyPublishers.ofString(content)))
        .statusCode();
  }

  @Test
  void showsNoFileAsAPageOfItsOwn() {
    JsonNode announced =
        driver.api("files.getUploadURLExternal", Map.of("filename", "a.html", "length", "8"));
    upload(announced, "<script>");
    JsonNode answer =
        driver.api(
            "files.completeUploadExternal",
            Map.of("files", json("[{'id':'" + announced.path("file_id").asString() + "'}]")));
    HttpResponse<String> shown =
        driver.send(driver.request(answer.path("files").path(0).path("url").asString()).GET());
    assertThat(shown.headers().firstValue("Content-Disposition")).contains("attachment");
    assertThat(shown.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(shown.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(shown.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("sandbox");
  }

  @Test
  void letsAShortBurstOfMessagesThroughAndThenOneASecond() {
    for (int i = 0; i < 20; i++) {
      post("burst");
    }
    HttpResponse<String> refused =
        driver.apiResponse("chat.postMessage", Map.of("channel", ALERTS, "text", "x"));
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    assertThat(refused.body()).isEqualTo("{\"ok\":false,\"error\":\"ratelimited\"}");
    assertThat(error("chat.postMessage", Map.of("channel", "D0ALEX", "text", "x")))
        .as("each channel counts for itself")
        .isEqualTo("none");

    bench.clock().advance(Duration.ofSeconds(1));
    assertThat(error("chat.postMessage", Map.of("channel", ALERTS, "text", "x"))).isEqualTo("none");
    assertThat(error("chat.postMessage", Map.of("channel", ALERTS, "text", "x")))
        .isEqualTo("ratelimited");
  }

  @ParameterizedTest
  @CsvSource({"usergroups.users.list, 20, 3", "chat.update, 50, 2"})
  void limitsEachMethodByTheMinute(String method, int perMinute, int retryAfter) {
    for (int i = 0; i < perMinute; i++) {
      assertThat(driver.apiResponse(method, Map.of()).statusCode()).isEqualTo(200);
    }
    HttpResponse<String> refused = driver.apiResponse(method, Map.of());
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("" + retryAfter);
    bench.clock().advance(Duration.ofSeconds(retryAfter));
    assertThat(driver.apiResponse(method, Map.of()).statusCode()).isEqualTo(200);
  }
}
