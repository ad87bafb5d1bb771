package io.pidcheck.bot.chat;

import com.slack.api.Slack;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.request.chat.ChatPostMessageRequest.ChatPostMessageRequestBuilder;
import com.slack.api.webhook.Payload;
import com.slack.api.webhook.WebhookResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bot's voice in Slack. Calls block until Slack has taken them; when Slack says 429 they wait
 * as long as it asks and try again. Scopes: chat:write, chat:write.public.
 */
public final class Conversation {

  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
  private static final int HTTP_OK = 200;
  private static final int RATE_LIMITED = 429;
  private static final Duration PAUSE_WITHOUT_ADVICE = Duration.ofSeconds(1);

  /** One Web API call, as the SDK makes it. */
  interface Call<T extends SlackApiTextResponse> {
    T run() throws IOException, SlackApiException;
  }

  private final Slack slack;
  private final MethodsClient methods;
  private final MessageKeeper keeper;

  /**
   * @param keeper of the messages that somebody else edits
   */
  public Conversation(Slack slack, String botToken, MessageKeeper keeper) {
    this.slack = slack;
    this.methods = slack.methods(botToken);
    this.keeper = keeper;
  }

  /**
   * Posts a new message.
   *
   * @return its timestamp, by which it can be edited
   * @throws SlackProblem when Slack refuses or cannot be reached
   */
  public String post(String channel, Message message) {
    return post(message, request -> request.channel(channel));
  }

  /**
   * Posts a message into a thread.
   *
   * @param thread timestamp of the message that the thread hangs on
   * @return the reply's timestamp, by which it can be edited
   * @throws SlackProblem when Slack refuses or cannot be reached
   */
  public String reply(String channel, String thread, Message message) {
    return post(message, request -> request.channel(channel).threadTs(thread));
  }

  private String post(Message message, UnaryOperator<ChatPostMessageRequestBuilder> where) {
    return call(
            "chat.postMessage",
            () ->
                methods.chatPostMessage(
                    request ->
                        where
                            .apply(request)
                            .text(message.text())
                            .blocks(message.blocks())
                            .unfurlLinks(false)
                            .unfurlMedia(false)))
        .getTs();
  }

  /**
   * Takes a message of the bot's away. One that is gone already is no problem.
   *
   * @throws SlackProblem when Slack refuses or cannot be reached
   */
  public void delete(String channel, String ts) {
    try {
      call("chat.delete", () -> methods.chatDelete(request -> request.channel(channel).ts(ts)));
    } catch (SlackProblem problem) {
      if (!problem.lost()) {
        throw problem;
      }
    }
  }

  /**
   * Puts a message in the place of an earlier one.
   *
   * @throws SlackProblem when Slack refuses or cannot be reached
   */
  public void update(String channel, String ts, Message message) {
    if (keeper.keep(channel, ts, MessageJson.write(message))) {
      return;
    }
    call(
        "chat.update",
        () ->
            methods.chatUpdate(
                request ->
                    request.channel(channel).ts(ts).text(message.text()).blocks(message.blocks())));
  }

  /**
   * Tells only the person who asked. Slack takes five of these within 30 minutes of the question;
   * one that it does not take is logged, since there is no other way to that person.
   */
  public void tellAsker(String responseUrl, String user, Message message) {
    Payload payload = Payload.builder().text(message.text()).blocks(message.blocks()).build();
    try {
      WebhookResponse response = slack.send(responseUrl, payload);
      if (response.getCode() != HTTP_OK) {
        notTold(user, String.valueOf(response.getBody()));
      }
    } catch (IOException e) {
      notTold(user, String.valueOf(e.getMessage()));
    }
  }

  private static void notTold(String user, String why) {
    LOG.atWarn().addKeyValue("user", user).log("cannot tell the asker: {}", why);
  }

  static <T extends SlackApiTextResponse> T call(String method, Call<T> call) {
    while (true) {
      try {
        T response = call.run();
        if (!response.isOk()) {
          throw new SlackProblem(method, String.valueOf(response.getError()));
        }
        return response;
      } catch (SlackApiException e) {
        if (e.getResponse().code() != RATE_LIMITED) {
          throw new SlackProblem(method, e);
        }
        pause(method, retryAfter(e));
      } catch (IOException e) {
        throw new SlackProblem(method, e);
      }
    }
  }

  // Slack: "Retry-After" is in whole seconds.
  private static Duration retryAfter(SlackApiException e) {
    String header = e.getResponse().header("Retry-After");
    try {
      return header == null ? PAUSE_WITHOUT_ADVICE : Duration.ofSeconds(Long.parseLong(header));
    } catch (NumberFormatException notSeconds) {
      return PAUSE_WITHOUT_ADVICE;
    }
  }

  private static void pause(String method, Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SlackProblem(method, e);
    }
  }
}
