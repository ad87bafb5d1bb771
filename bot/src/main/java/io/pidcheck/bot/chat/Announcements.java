package io.pidcheck.bot.chat;

import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.request.chat.ChatPostMessageRequest.ChatPostMessageRequestBuilder;
import com.slack.api.model.Message.Metadata;
import io.micrometer.core.instrument.Metrics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the bot says unasked. Unlike {@link Conversation} it never waits: what Slack did not take is
 * an outcome, and whoever announces tries again later with what is then to be said. Each message
 * carries a mark (Slack: message metadata), by which it is found again when the bot ended between
 * the post and writing it down. Scopes: chat:write, chat:write.public; to find, channels:history or
 * groups:history, and the bot in the channel.
 */
public final class Announcements {

  private static final String EVENT = "pidcheck_announcement";
  private static final String MARK = "mark";
  private static final int RATE_LIMITED = 429;
  private static final int PAGE = 200;
  private static final int MOST_PAGES = 20;
  private static final Duration PAUSE_WITHOUT_ADVICE = Duration.ofSeconds(5);
  // Slack, this machine and the one that posted need not have the same time
  private static final Duration SKEW = Duration.ofDays(1);

  private final MethodsClient methods;

  public Announcements(MethodsClient methods) {
    this.methods = methods;
  }

  /**
   * Where a message goes.
   *
   * @param thread the message that it replies to
   * @param mark by which it is found again
   */
  public record Place(String channel, Optional<String> thread, String mark) {}

  /** What became of a message. */
  public sealed interface Said {

    record Done(String ts) implements Said {}

    /** Slack has not taken it, for certain: not before this has passed. */
    record Later(Duration pause) implements Said {}

    /** Slack has not taken it, and will not: channel_not_found, ... */
    record Refused(String error) implements Said {}

    /** Whether Slack has taken it nobody knows. */
    record Unknown(String words) implements Said {}
  }

  /** What a search for a message found. */
  public sealed interface Search {

    record Found(String ts) implements Search {}

    record NotThere() implements Search {}

    /** The channel cannot be read: missing_scope, not_in_channel, ... */
    record CannotLook(String error) implements Search {}

    /** Slack cannot be asked now. */
    record Later(Duration pause) implements Search {}
  }

  /** Posts a message. */
  public Said post(Place place, Message message) {
    return said(
        () ->
            methods.chatPostMessage(
                request -> {
                  ChatPostMessageRequestBuilder built =
                      request
                          .channel(place.channel())
                          .text(message.text())
                          .blocks(message.blocks())
                          .metadata(new Metadata(EVENT, Map.of(MARK, place.mark())))
                          .unfurlLinks(false)
                          .unfurlMedia(false);
                  place.thread().ifPresent(built::threadTs);
                  return built;
                }),
        response -> response.getTs());
  }

  /** Edits a message; one that is gone is refused. */
  public Said edit(String channel, String ts, Message message) {
    return said(
        () ->
            methods.chatUpdate(
                request ->
                    request.channel(channel).ts(ts).text(message.text()).blocks(message.blocks())),
        response -> response.getTs());
  }

  /**
   * Looks for the message with that mark, the newest first: a clock that is wrong only makes it
   * look for longer.
   *
   * @param since when it may have been posted, by the clock of whoever did
   */
  public Search find(Place place, Instant since) {
    long oldest = since.minus(SKEW).getEpochSecond();
    try {
      Optional<String> cursor = Optional.empty();
      for (int page = 0; page < MOST_PAGES; page++) {
        Listing listing = list(place, cursor);
        if (!listing.error().isEmpty()) {
          return new Search.CannotLook(listing.error());
        }
        Optional<String> found =
            listing.messages().stream()
                .filter(message -> place.mark().equals(markOf(message)))
                .map(com.slack.api.model.Message::getTs)
                .findFirst();
        if (found.isPresent()) {
          return new Search.Found(found.get());
        }
        if (listing.cursor().isEmpty() || (place.thread().isEmpty() && listing.reaches(oldest))) {
          return new Search.NotThere();
        }
        cursor = listing.cursor();
      }
      return new Search.CannotLook("not among the newest " + MOST_PAGES * PAGE);
    } catch (SlackApiException e) {
      return new Search.Later(retryAfter(e));
    } catch (IOException e) {
      return new Search.Later(PAUSE_WITHOUT_ADVICE);
    }
  }

  private record Listing(
      List<com.slack.api.model.Message> messages, Optional<String> cursor, String error) {

    /** Slack: a message's ts is its time, in seconds and a fraction. */
    private boolean reaches(long second) {
      return !messages.isEmpty()
          && Long.parseLong(messages.getLast().getTs().split("\\.", 2)[0]) < second;
    }
  }

  private Listing list(Place place, Optional<String> cursor) throws IOException, SlackApiException {
    if (place.thread().isPresent()) {
      var replies =
          methods.conversationsReplies(
              request ->
                  request
                      .channel(place.channel())
                      .ts(place.thread().get())
                      .includeAllMetadata(true)
                      .limit(PAGE)
                      .cursor(cursor.orElse("")));
      return replies.isOk()
          ? new Listing(replies.getMessages(), next(replies.getResponseMetadata()), "")
          : new Listing(List.of(), Optional.empty(), String.valueOf(replies.getError()));
    }
    var history =
        methods.conversationsHistory(
            request ->
                request
                    .channel(place.channel())
                    .includeAllMetadata(true)
                    .limit(PAGE)
                    .cursor(cursor.orElse("")));
    return history.isOk()
        ? new Listing(history.getMessages(), next(history.getResponseMetadata()), "")
        : new Listing(List.of(), Optional.empty(), String.valueOf(history.getError()));
  }

  private static Optional<String> next(
      com.slack.api.model.@org.jspecify.annotations.Nullable ResponseMetadata metadata) {
    return Optional.ofNullable(metadata)
        .map(com.slack.api.model.ResponseMetadata::getNextCursor)
        .filter(cursor -> !cursor.isEmpty());
  }

  private static String markOf(com.slack.api.model.Message message) {
    Metadata metadata = message.getMetadata();
    return metadata == null || !EVENT.equals(metadata.getEventType())
        ? ""
        : String.valueOf(metadata.getEventPayload().get(MARK));
  }

  /** One Web API call, as the SDK makes it. */
  private interface Call<T> {
    T run() throws IOException, SlackApiException;
  }

  private interface Ts<T> {
    String of(T response);
  }

  private static <T extends SlackApiTextResponse> Said said(Call<T> call, Ts<T> ts) {
    Said said = tried(call, ts);
    Metrics.counter("pidcheck.slack.calls", "outcome", said.getClass().getSimpleName()).increment();
    return said;
  }

  private static <T extends SlackApiTextResponse> Said tried(Call<T> call, Ts<T> ts) {
    try {
      T response = call.run();
      if (response.isOk()) {
        return new Said.Done(ts.of(response));
      }
      String error = String.valueOf(response.getError());
      return switch (error) {
        // Slack: these say that it may or may not have been done
        case "internal_error", "fatal_error", "request_timeout", "service_unavailable" ->
            new Said.Unknown(error);
        case "ratelimited", "rate_limited", "message_limit_exceeded" ->
            new Said.Later(PAUSE_WITHOUT_ADVICE);
        default -> new Said.Refused(error);
      };
    } catch (SlackApiException e) {
      return e.getResponse().code() == RATE_LIMITED
          ? new Said.Later(retryAfter(e))
          : new Said.Unknown("HTTP " + e.getResponse().code());
    } catch (IOException e) {
      return new Said.Unknown(String.valueOf(e.getMessage()));
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
}
