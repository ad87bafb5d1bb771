package io.pidcheck.bot.local.slack;

import static io.pidcheck.bot.local.slack.Driver.ALERTS;
import static io.pidcheck.bot.local.slack.Driver.ALEX;
import static io.pidcheck.bot.local.slack.Driver.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a person does on the page, and what the bot gets and may do then. */
class PeopleTest {

  private static final String BLOCKS =
      json(
          """
          [{'type':'section','text':{'type':'plain_text','text':'t'},'block_id':'first',
            'accessory':{'type':'button','action_id':'go','value':'one','text':{'type':'plain_text','text':'Go'}}},
           {'type':'actions','block_id':'second','elements':[
             {'type':'button','action_id':'go','value':'two','text':{'type':'plain_text','text':'Go'}},
             {'type':'button','action_id':'kill','style':'danger','text':{'type':'plain_text','text':'Kill'},
              'confirm':{'title':{'type':'plain_text','text':'a'},'text':{'type':'plain_text','text':'b'},
                         'confirm':{'type':'plain_text','text':'c'},'deny':{'type':'plain_text','text':'d'}}},
             {'type':'static_select','action_id':'pick','options':[
               {'text':{'type':'plain_text','text':'A'},'value':'a'},
               {'text':{'type':'plain_text','text':'B'},'value':'b'}]}]}]
          """);
  private static final String VIEW =
      json(
          """
          {'type':'modal','callback_id':'form','notify_on_close':true,
           'title':{'type':'plain_text','text':'T'},'submit':{'type':'plain_text','text':'S'},
           'blocks':[{'type':'input','block_id':'b','label':{'type':'plain_text','text':'l'},
                      'element':{'type':'static_select','action_id':'a','options':[
                        {'text':{'type':'plain_text','text':'A'},'value':'x'},
                        {'text':{'type':'plain_text','text':'B'},'value':'y'}]}}]}
          """);

  private final Workbench bench = Workbench.open();
  private final Driver driver = bench.driver();

  @AfterEach
  void close() {
    bench.close();
  }

  private String postButtons() {
    JsonNode posted =
        driver.api("chat.postMessage", Map.of("channel", ALERTS, "text", "x", "blocks", BLOCKS));
    assertThat(posted.path("error").asString("")).isEmpty();
    return posted.path("ts").asString();
  }

  private static String click(String ts, String more) {
    return "{'user':'U0ALEX','channel':'C0ALERTS','ts':'" + ts + "'," + more + "}";
  }

  /** Clicks, acknowledges, and returns the payload that the bot got. */
  private JsonNode clicked(RawSocket bot, String body) throws Exception {
    int before = bot.envelopes().size();
    CompletableFuture<JsonNode> answer = driver.controlLater("click", body);
    Driver.await("the click", () -> bot.envelopes().size() > before);
    JsonNode envelope = bot.envelopes().getLast();
    bot.ack(envelope);
    assertThat(answer.get(10, TimeUnit.SECONDS).path("ok").asBoolean()).isTrue();
    assertThat(envelope.path("type").asString()).isEqualTo("interactive");
    return envelope.path("payload");
  }

  @ParameterizedTest
  @CsvSource({
    "'''action_id'':''none''',                                        action_not_found",
    "'''action_id'':''go''',                                          block_id_required",
    "'''action_id'':''go'',''block_id'':''third''',                   action_not_found",
    "'''action_id'':''kill''',                                        not_confirmed",
    "'''action_id'':''kill'',''confirm'':false',                      not_confirmed",
    "'''action_id'':''pick'',''selected_option'':''c''',              option_not_found",
    "'''action_id'':''kill'',''confirm'':true,''channel'':''D0LIWEI''', channel_not_found",
    "'''action_id'':''kill'',''confirm'':true,''ts'':''1.000001''',   message_not_found",
    "'''action_id'':''kill'',''confirm'':true,''user'':''U0NONE''',   user_not_found",
    "'''action_id'':''kill'',''confirm'':true,''user'':''U0PIDCHECK''', user_not_found",
    "'''action_id'':''kill'',''confirm'':true',                       dispatch_failed"
  })
  void refusesAClickThatNobodyCouldMake(String more, String error) {
    JsonNode answer = driver.control("click", click(postButtons(), more));
    assertThat(answer.path("error").asString()).isEqualTo(error);
  }

  @Test
  void sendsAClickAsSlackDoes() throws Exception {
    String ts = postButtons();
    RawSocket bot = RawSocket.connect(driver);
    JsonNode payload = clicked(bot, click(ts, "'action_id':'go','block_id':'second'"));

    assertThat(payload.path("type").asString()).isEqualTo("block_actions");
    assertThat(payload.path("user").path("id").asString()).isEqualTo(ALEX);
    assertThat(payload.path("container").path("message_ts").asString()).isEqualTo(ts);
    assertThat(payload.path("container").path("is_ephemeral").asBoolean(true)).isFalse();
    assertThat(payload.path("channel").path("name").asString()).isEqualTo("k8s-alerts");
    assertThat(payload.path("message").path("blocks")).hasSize(2);
    JsonNode action = payload.path("actions").path(0);
    assertThat(action.path("value").asString()).isEqualTo("two");
    assertThat(action.path("block_id").asString()).isEqualTo("second");
    assertThat(action.path("text").path("text").asString()).isEqualTo("Go");
    assertThat(action.path("action_ts").asString()).isNotEmpty();
    assertThat(payload.propertyNames()).contains("team", "trigger_id", "response_url", "token");
  }

  @Test
  void remembersWhatWasChosenInTheStateOfLaterClicks() throws Exception {
    String ts = postButtons();
    RawSocket bot = RawSocket.connect(driver);
    JsonNode picked = clicked(bot, click(ts, "'action_id':'pick','selected_option':{'value':'b'}"));
    assertThat(
            picked
                .path("actions")
                .path(0)
                .path("selected_option")
                .path("text")
                .path("text")
                .asString())
        .isEqualTo("B");
    JsonNode later = clicked(bot, click(ts, "'action_id':'kill','confirm':true"));
    assertThat(later.at("/state/values/second/pick/selected_option/value").asString())
        .isEqualTo("b");
  }

  @Test
  void tellsThePersonWhenAClickIsNotAcknowledged() throws Exception {
    String ts = postButtons();
    RawSocket bot = RawSocket.connect(driver);
    CompletableFuture<JsonNode> answer =
        driver.controlLater("click", click(ts, "'action_id':'kill','confirm':true"));
    bot.awaitEnvelope();
    bench.clock().advance(Duration.ofSeconds(3));
    assertThat(answer.get(10, TimeUnit.SECONDS).path("error").asString())
        .isEqualTo("operation_timeout");
  }

  @Test
  void letsAResponseUrlReplaceTheMessageFiveTimes() throws Exception {
    String ts = postButtons();
    RawSocket bot = RawSocket.connect(driver);
    String url =
        clicked(bot, click(ts, "'action_id':'kill','confirm':true"))
            .path("response_url")
            .asString();
    for (int i = 0; i < 5; i++) {
      assertThat(respond(url, "{'replace_original':true,'text':'edit " + i + "'}").statusCode())
          .isEqualTo(200);
    }
    HttpResponse<String> sixth = respond(url, "{'text':'six'}");
    assertThat(sixth.statusCode()).isEqualTo(404);
    assertThat(Driver.body(sixth).path("error").asString()).isEqualTo("used_url");
    assertThat(driver.messages(ALERTS))
        .extracting(m -> m.path("text").asString())
        .containsExactly("edit 4");
  }

  @Test
  void letsAResponseUrlExpireAfterHalfAnHour() throws Exception {
    RawSocket bot = RawSocket.connect(driver);
    String url = command(bot).path("response_url").asString();
    bench.clock().advance(Duration.ofMinutes(30).minusMillis(1));
    assertThat(respond(url, "{'text':'just'}").statusCode()).isEqualTo(200);
    assertThat(driver.lastMessage(ALERTS).path("ephemeral_to").asString()).isEqualTo(ALEX);
    assertThat(respond(url, "{'text':'all','response_type':'in_channel'}").statusCode())
        .isEqualTo(200);
    assertThat(driver.lastMessage(ALERTS).has("ephemeral_to")).isFalse();
    bench.clock().advance(Duration.ofMillis(1));
    assertThat(Driver.body(respond(url, "{'text':'late'}")).path("error").asString())
        .isEqualTo("expired_url");
  }

  @Test
  void letsAResponseUrlChangeAndDeleteAnEphemeralMessage() throws Exception {
    RawSocket bot = RawSocket.connect(driver);
    driver.api(
        "chat.postEphemeral",
        Map.of("channel", ALERTS, "user", ALEX, "text", "x", "blocks", BLOCKS));
    String ts = driver.lastMessage(ALERTS).path("ts").asString();
    JsonNode payload = clicked(bot, click(ts, "'action_id':'kill','confirm':true"));
    assertThat(payload.path("container").path("is_ephemeral").asBoolean()).isTrue();
    assertThat(payload.has("message")).isFalse();
    String url = payload.path("response_url").asString();

    respond(url, "{'replace_original':'true','text':'changed'}");
    assertThat(driver.lastMessage(ALERTS).path("text").asString()).isEqualTo("changed");
    assertThat(driver.lastMessage(ALERTS).path("ephemeral_to").asString()).isEqualTo(ALEX);
    respond(url, "{'delete_original':true}");
    assertThat(driver.messages(ALERTS)).isEmpty();
  }

  @Test
  void hidesAnEphemeralMessageFromOthersClicks() {
    driver.api(
        "chat.postEphemeral",
        Map.of("channel", ALERTS, "user", "U0LIWEI", "text", "x", "blocks", BLOCKS));
    String ts = driver.lastMessage(ALERTS).path("ts").asString();
    assertThat(
            driver
                .control("click", click(ts, "'action_id':'kill','confirm':true"))
                .path("error")
                .asString())
        .isEqualTo("message_not_found");
  }

  private HttpResponse<String> respond(String url, String body) {
    return driver.send(
        driver
            .request(url)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json(body))));
  }

  /** Gives the command, acknowledges it, and returns the payload that the bot got. */
  private JsonNode command(RawSocket bot) throws Exception {
    int before = bot.envelopes().size();
    CompletableFuture<JsonNode> answer =
        driver.controlLater(
            "say", "{'user':'U0ALEX','channel':'C0ALERTS','text':'/pidcheck node x'}");
    Driver.await("the command", () -> bot.envelopes().size() > before);
    JsonNode envelope = bot.envelopes().getLast();
    bot.ack(envelope);
    answer.get(10, TimeUnit.SECONDS);
    return envelope.path("payload");
  }

  private JsonNode open(String trigger) {
    return driver.api("views.open", Map.of("trigger_id", trigger, "view", VIEW));
  }

  @Test
  void lendsATriggerOnceAndForThreeSeconds() throws Exception {
    RawSocket bot = RawSocket.connect(driver);
    String trigger = command(bot).path("trigger_id").asString();
    bench.clock().advance(Duration.ofMillis(2_999));
    assertThat(open(trigger).path("ok").asBoolean()).isTrue();
    assertThat(open(trigger).path("error").asString()).isEqualTo("exchanged_trigger_id");

    String late = command(bot).path("trigger_id").asString();
    bench.clock().advance(Duration.ofSeconds(3));
    assertThat(open(late).path("error").asString()).isEqualTo("expired_trigger_id");
    assertThat(open("1.2.made-up").path("error").asString()).isEqualTo("invalid_trigger_id");
  }

  @Test
  void stacksModalsThreeHigh() throws Exception {
    RawSocket bot = RawSocket.connect(driver);
    open(command(bot).path("trigger_id").asString());
    for (String expected : new String[] {"", "", "push_limit_reached"}) {
      String trigger = command(bot).path("trigger_id").asString();
      JsonNode pushed = driver.api("views.push", Map.of("trigger_id", trigger, "view", VIEW));
      assertThat(pushed.path("error").asString("")).isEqualTo(expected);
    }
    JsonNode views = driver.get("/control/views?user=U0ALEX").path("views");
    assertThat(views).hasSize(3);
    assertThat(views.path(2).path("view").path("previous_view_id").asString())
        .isEqualTo(views.path(1).path("id").asString());
    assertThat(submit(views.path(0).path("id").asString(), "x").path("error").asString())
        .isEqualTo("view_not_on_top");
  }

  @Test
  void updatesAModalOnlyWithTheRightHash() throws Exception {
    RawSocket bot = RawSocket.connect(driver);
    JsonNode view = open(command(bot).path("trigger_id").asString()).path("view");
    String id = view.path("id").asString();
    String hash = view.path("hash").asString();
    assertThat(
            driver
                .api("views.update", Map.of("view_id", id, "hash", hash, "view", VIEW))
                .path("ok")
                .asBoolean())
        .isTrue();
    assertThat(
            driver
                .api("views.update", Map.of("view_id", id, "hash", hash, "view", VIEW))
                .path("error")
                .asString())
        .isEqualTo("hash_conflict");
  }

  private JsonNode submit(String viewId, String value) {
    return driver.control("submit", submission(viewId, value));
  }

  private static String submission(String viewId, String value) {
    return "{'user':'U0ALEX','view_id':'%s','values':{'b':{'a':{'selected_option':{'value':'%s'}}}}}"
        .formatted(viewId, value);
  }

  @Test
  void checksAFormBeforeItSendsIt() throws Exception {
    RawSocket bot = RawSocket.connect(driver);
    String id = open(command(bot).path("trigger_id").asString()).path("view").path("id").asString();
    JsonNode empty = driver.control("submit", "{'user':'U0ALEX','view_id':'" + id + "'}");
    assertThat(empty.path("errors").path("b").asString()).contains("required");
    assertThat(submit(id, "z").path("errors").path("b").asString()).contains("none of the options");
    JsonNode stranger = driver.control("submit", submission(id, "x").replace("U0ALEX", "U0LIWEI"));
    assertThat(stranger.path("error").asString()).isEqualTo("view_not_found");
    assertThat(bot.envelopes()).hasSize(1);
  }

  /** Submits, answers with that payload, and returns what the person is told. */
  private JsonNode submitted(RawSocket bot, String viewId, String answer) throws Exception {
    int before = bot.envelopes().size();
    CompletableFuture<JsonNode> told = driver.controlLater("submit", submission(viewId, "y"));
    Driver.await("the submission", () -> bot.envelopes().size() > before);
    JsonNode envelope = bot.envelopes().getLast();
    assertThat(envelope.path("accepts_response_payload").asBoolean()).isTrue();
    assertThat(envelope.at("/payload/view/state/values/b/a/selected_option/value").asString())
        .isEqualTo("y");
    assertThat(envelope.at("/payload/view/callback_id").asString()).isEqualTo("form");
    bot.ack(envelope, answer);
    return told.get(10, TimeUnit.SECONDS);
  }

  @Test
  void doesWhatTheBotAnswersToASubmission() throws Exception {
    RawSocket bot = RawSocket.connect(driver);
    String id = open(command(bot).path("trigger_id").asString()).path("view").path("id").asString();

    JsonNode errors =
        submitted(bot, id, "{'response_action':'errors','errors':{'b':'Not that one'}}");
    assertThat(errors.path("errors").path("b").asString()).isEqualTo("Not that one");
    String changed = VIEW.replace("\"T\"", "\"Changed\"");
    submitted(bot, id, "{'response_action':'update','view':" + changed + "}");
    assertThat(title()).isEqualTo("Changed");
    JsonNode invalid = submitted(bot, id, "{'response_action':'update','view':{}}");
    assertThat(invalid.path("error").asString()).isEqualTo("invalid_view");
    submitted(bot, id, "{'response_action':'clear'}");
    assertThat(driver.get("/control/views?user=U0ALEX").path("views")).isEmpty();
  }

  private String title() {
    return driver.get("/control/views?user=U0ALEX").at("/views/0/view/title/text").asString();
  }

  @Test
  void tellsTheBotWhenAModalIsClosed() throws Exception {
    RawSocket bot = RawSocket.connect(driver);
    String id = open(command(bot).path("trigger_id").asString()).path("view").path("id").asString();
    driver.control("close", "{'user':'U0ALEX','view_id':'" + id + "'}");
    Driver.await("view_closed", () -> bot.envelopes().size() == 2);
    JsonNode payload = bot.envelopes().getLast().path("payload");
    assertThat(payload.path("type").asString()).isEqualTo("view_closed");
    assertThat(payload.path("is_cleared").asBoolean(true)).isFalse();
    assertThat(driver.get("/control/views?user=U0ALEX").path("views")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "U0NONE, C0ALERTS, hi,                      user_not_found",
    "U0ALEX, C0NONE,   hi,                      channel_not_found",
    "U0ALEX, D0LIWEI,  hi,                      channel_not_found",
    "U0ALEX, C0ALERTS, '  ',                    no_text",
    "U0ALEX, C0ALERTS, /nothing,                invalid_command"
  })
  void refusesWhatCannotBeSaid(String user, String channel, String text, String error) {
    JsonNode answer =
        driver.control(
            "say", "{'user':'%s','channel':'%s','text':'%s'}".formatted(user, channel, text));
    assertThat(answer.path("error").asString()).isEqualTo(error);
  }

  @Test
  void explainsAnUnknownCommandToItsUserOnly() {
    driver.say(ALEX, "/nothing here");
    JsonNode told = driver.lastMessage(ALERTS);
    assertThat(told.path("text").asString()).startsWith("`/nothing` is not a valid command.");
    assertThat(told.path("ephemeral_to").asString()).isEqualTo(ALEX);
  }

  @Test
  void knowsNoCommandsInThreads() {
    String ts = driver.say(ALEX, "parent").path("ts").asString();
    driver.control(
        "say",
        "{'user':'U0ALEX','channel':'C0ALERTS','text':'/pidcheck','thread_ts':'" + ts + "'}");
    assertThat(driver.lastMessage(ALERTS).path("text").asString())
        .isEqualTo("/pidcheck is not supported in threads. Sorry!");
  }

  @Test
  void losesNothingWhenManySpeakAtOnce() {
    List<CompletableFuture<JsonNode>> all =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    driver.controlLater(
                        "say", "{'user':'U0ALEX','channel':'C0ALERTS','text':'" + i + "'}"))
            .toList();
    List<String> stamps = all.stream().map(f -> f.join().path("ts").asString()).toList();
    assertThat(stamps).doesNotHaveDuplicates();
    assertThat(driver.messages(ALERTS))
        .extracting(m -> m.path("ts").asString())
        .isSorted()
        .containsExactlyInAnyOrderElementsOf(stamps);
  }

  @Test
  void showsWhoAndWhatThereIs() {
    JsonNode workspace = driver.get("/control/workspace");
    assertThat(workspace.path("users"))
        .extracting(u -> u.path("name").asString() + " " + u.path("locale").asString())
        .containsExactly("alex en-US", "li.wei zh-CN", "guest en-US");
    assertThat(workspace.path("usergroups").path(0).path("handle").asString())
        .isEqualTo("sre-oncall");
    assertThat(workspace.path("channels").path(0).path("name").asString()).isEqualTo("k8s-alerts");
    assertThat(workspace.path("commands").path(0).path("command").asString())
        .isEqualTo("/pidcheck");
    assertThat(workspace.path("bot").path("connected").asBoolean(true)).isFalse();
  }
}
