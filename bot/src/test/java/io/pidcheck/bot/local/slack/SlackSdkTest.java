package io.pidcheck.bot.local.slack;

import static com.slack.api.model.block.Blocks.actions;
import static com.slack.api.model.block.Blocks.asBlocks;
import static com.slack.api.model.block.Blocks.input;
import static com.slack.api.model.block.composition.BlockCompositions.plainText;
import static com.slack.api.model.block.element.BlockElements.asElements;
import static com.slack.api.model.block.element.BlockElements.button;
import static com.slack.api.model.block.element.BlockElements.plainTextInput;
import static com.slack.api.model.view.Views.view;
import static com.slack.api.model.view.Views.viewClose;
import static com.slack.api.model.view.Views.viewSubmit;
import static com.slack.api.model.view.Views.viewTitle;
import static io.pidcheck.bot.local.slack.Driver.ALERTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.socket_mode.SocketModeApp;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.methods.response.files.FilesUploadV2Response;
import com.slack.api.model.view.View;
import com.slack.api.socket_mode.SocketModeClient;
import io.pidcheck.bot.local.slack.workspace.SlashCommand;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The real SDK and the real Bolt against the workspace. */
class SlackSdkTest {

  private static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  private final LocalSlack local =
      LocalSlack.start(
          new LocalSlack.Options(
              0,
              List.of(new SlashCommand("/pidcheck", "node <name>", "Checks a node")),
              Map.of(),
              Clock.systemUTC()));
  private final Driver driver = new Driver(local);
  private final Slack sdk = Slack.getInstance(config());
  private final MethodsClient methods = sdk.methods(local.botToken());

  private App app = new App();
  private Optional<SocketModeApp> socket = Optional.empty();

  private SlackConfig config() {
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(local.apiUri().toString());
    config.setProxyUrl(null);
    config.setStatsEnabled(false);
    return config;
  }

  @BeforeEach
  void createApp() {
    app = new App(AppConfig.builder().slack(sdk).singleTeamBotToken(local.botToken()).build());
  }

  @AfterEach
  void close() throws Exception {
    if (socket.isPresent()) {
      socket.get().close();
    }
    sdk.close();
    local.close();
  }

  private SocketModeApp connect() throws Exception {
    SocketModeApp socket = new SocketModeApp(local.appToken(), SocketModeClient.Backend.Tyrus, app);
    socket.startAsync();
    Driver.await("the bot is connected", driver::isConnected);
    return socket;
  }

  @Test
  void carriesACommandToAnEditedMessageAndAClickBack() throws Exception {
    CompletableFuture<String> clicked = new CompletableFuture<>();
    app.command(
        "/pidcheck",
        (request, context) -> {
          ChatPostMessageResponse posted =
              context
                  .client()
                  .chatPostMessage(r -> r.channel(context.getChannelId()).text("checking"));
          context
              .client()
              .chatUpdate(
                  r ->
                      r.channel(posted.getChannel())
                          .ts(posted.getTs())
                          .text("result of " + request.getPayload().getText())
                          .blocks(
                              asBlocks(
                                  actions(
                                      a ->
                                          a.elements(
                                              asElements(
                                                  button(
                                                      b ->
                                                          b.actionId("kill")
                                                              .value("pid 7")
                                                              .text(plainText("Kill")))))))));
          return context.ack();
        });
    app.blockAction(
        "kill",
        (request, context) -> {
          var payload = request.getPayload();
          clicked.complete(
              payload.getUser().getId()
                  + " "
                  + payload.getActions().getFirst().getValue()
                  + " "
                  + payload.getMessage().getText()
                  + " "
                  + payload.getContainer().getChannelId());
          context.respond("done by you");
          return context.ack();
        });
    connect();
    assertThat(driver.say(Driver.ALEX, "/pidcheck node k8s-worker02").path("ok").asBoolean())
        .isTrue();

    JsonNode result = driver.lastMessage(ALERTS);
    assertThat(result.path("text").asString()).isEqualTo("result of node k8s-worker02");
    assertThat(result.has("edited")).isTrue();

    JsonNode click =
        driver.control(
            "click",
            "{'user':'U0LIWEI','channel':'C0ALERTS','action_id':'kill','ts':'"
                + result.path("ts").asString()
                + "'}");
    assertThat(click.path("ok").asBoolean()).isTrue();
    assertThat(clicked.get(5, TimeUnit.SECONDS))
        .isEqualTo("U0LIWEI pid 7 result of node k8s-worker02 C0ALERTS");
    assertThat(driver.lastMessage(ALERTS).path("ephemeral_to").asString()).isEqualTo("U0LIWEI");
  }

  private static View reasonView() {
    return view(
        v ->
            v.type("modal")
                .callbackId("reason")
                .title(viewTitle(t -> t.type("plain_text").text("Why?")))
                .submit(viewSubmit(t -> t.type("plain_text").text("Go")))
                .close(viewClose(t -> t.type("plain_text").text("Cancel")))
                .blocks(
                    asBlocks(
                        input(
                            i ->
                                i.blockId("why")
                                    .label(plainText("Reason"))
                                    .element(plainTextInput(p -> p.actionId("text")))))));
  }

  @Test
  void opensAModalAndSubmitsIt() throws Exception {
    CompletableFuture<String> submitted = new CompletableFuture<>();
    app.command(
        "/pidcheck",
        (request, context) -> {
          var opened =
              context
                  .client()
                  .viewsOpen(r -> r.triggerId(context.getTriggerId()).view(reasonView()));
          assertThat(opened.getError()).isNull();
          return context.ack();
        });
    app.viewSubmission(
        "reason",
        (request, context) -> {
          var values = request.getPayload().getView().getState().getValues();
          String text =
              values
                  .getOrDefault("why", Map.of())
                  .entrySet()
                  .iterator()
                  .next()
                  .getValue()
                  .getValue();
          if (text.equals("no")) {
            return context.ackWithErrors(Map.of("why", "Not good enough"));
          }
          submitted.complete(text);
          return context.ack();
        });
    connect();
    driver.say(Driver.ALEX, "/pidcheck node x");
    JsonNode views = driver.get("/control/views?user=U0ALEX").path("views");
    assertThat(views).hasSize(1);
    String id = views.path(0).path("id").asString();

    assertThat(submit(id, "").path("error").asString()).isEqualTo("invalid_input");
    JsonNode refused = submit(id, "no");
    assertThat(refused.path("errors").path("why").asString()).isEqualTo("Not good enough");
    assertThat(driver.get("/control/views?user=U0ALEX").path("views")).hasSize(1);

    assertThat(submit(id, "it leaks").path("ok").asBoolean()).isTrue();
    assertThat(submitted.get(5, TimeUnit.SECONDS)).isEqualTo("it leaks");
    assertThat(driver.get("/control/views?user=U0ALEX").path("views")).isEmpty();
  }

  private JsonNode submit(String viewId, String text) {
    return driver.control(
        "submit",
        "{'user':'U0ALEX','view_id':'%s','values':{'why':{'text':{'type':'plain_text_input','value':'%s'}}}}"
            .formatted(viewId, text));
  }

  @Test
  void uploadsAFileIntoAThread() throws Exception {
    String ts = methods.chatPostMessage(r -> r.channel(ALERTS).text("look")).getTs();

    FilesUploadV2Response uploaded =
        methods.filesUploadV2(
            r ->
                r.channel(ALERTS)
                    .threadTs(ts)
                    .filename("chart.png")
                    .title("Threads")
                    .fileData(PNG));

    assertThat(uploaded.isOk()).isTrue();
    JsonNode reply = driver.lastMessage(ALERTS);
    assertThat(reply.path("thread_ts").asString()).isEqualTo(ts);
    JsonNode file = reply.path("files").path(0);
    assertThat(file.path("title").asString()).isEqualTo("Threads");
    assertThat(file.path("mimetype").asString()).isEqualTo("image/png");
    assertThat(file.path("size").asInt()).isEqualTo(PNG.length);
    var shown = driver.send(driver.request(file.path("url").asString()).GET());
    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.headers().firstValue("Content-Type")).contains("image/png");
  }

  @Test
  void tellsTheSdkWhenToTryAgain() {
    driver.control(
        "faults", "{'rate_limit':{'method':'chat.postMessage','retry_after_s':7,'times':1}}");

    assertThatThrownBy(() -> methods.chatPostMessage(r -> r.channel(ALERTS).text("x")))
        .isInstanceOfSatisfying(
            SlackApiException.class,
            refused -> {
              assertThat(refused.getResponse().code()).isEqualTo(429);
              assertThat(refused.getResponse().header("Retry-After")).isEqualTo("7");
            });
    assertThat(driver.messages(ALERTS)).isEmpty();
  }

  @Test
  void knowsPeopleGroupsAndPlaces() throws Exception {
    assertThat(methods.authTest(r -> r).getUserId()).isEqualTo("U0PIDCHECK");
    assertThat(methods.usersInfo(r -> r.user("U0LIWEI").includeLocale(true)).getUser().getLocale())
        .isEqualTo("zh-CN");
    assertThat(methods.usergroupsUsersList(r -> r.usergroup("S0SRE")).getUsers())
        .containsExactly("U0ALEX", "U0LIWEI");
    assertThat(methods.usergroupsList(r -> r).getUsergroups().getFirst().getHandle())
        .isEqualTo("sre-oncall");
    assertThat(methods.conversationsOpen(r -> r.users(List.of("U0GUEST"))).getChannel().getId())
        .isEqualTo("D0GUEST");
    assertThat(methods.conversationsList(r -> r).getChannels())
        .extracting(channel -> channel.getName())
        .containsExactly("k8s-alerts", "general");
    assertThat(methods.usersList(r -> r).getMembers()).hasSize(4);
  }

  @Test
  void findsANewConnectionWhenSlackAsksForIt() throws Exception {
    app.command("/pidcheck", (request, context) -> context.ack("here"));
    connect();
    driver.control("faults", "{'socket':'refresh'}");
    driver.control("faults", "{'socket':'drop'}");
    Driver.await(
        "the bot is back", () -> driver.say(Driver.ALEX, "/pidcheck").path("ok").asBoolean());
    assertThat(driver.lastMessage(ALERTS).path("text").asString()).isEqualTo("here");
  }
}
