package io.pidcheck.bot.local.slack.api;

import io.pidcheck.bot.local.slack.workspace.Channel;
import io.pidcheck.bot.local.slack.workspace.Content;
import io.pidcheck.bot.local.slack.workspace.Directory;
import io.pidcheck.bot.local.slack.workspace.Draft;
import io.pidcheck.bot.local.slack.workspace.Json;
import io.pidcheck.bot.local.slack.workspace.Message;
import io.pidcheck.bot.local.slack.workspace.Wire;
import io.pidcheck.bot.local.slack.workspace.Workspace;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** https://docs.slack.dev/reference/methods?family=chat */
final class ChatMethods {

  private final Workspace workspace;
  private final Wire wire;
  private final Composer composer;
  private final Places places;

  ChatMethods(Workspace workspace, Wire wire, Composer composer) {
    this.workspace = workspace;
    this.wire = wire;
    this.composer = composer;
    this.places = new Places(workspace.directory());
  }

  Map<String, Method> all() {
    return Map.of(
        "chat.postMessage", this::post,
        "chat.postEphemeral", this::postEphemeral,
        "chat.update", this::update,
        "chat.delete", this::delete,
        "chat.getPermalink", this::permalink);
  }

  private Answer post(Arguments arguments) {
    Optional<Answer> missing = arguments.missing("channel");
    if (missing.isPresent()) {
      return missing.get();
    }
    Optional<Channel> channel = places.byName(arguments.text("channel").orElse(""));
    if (channel.isEmpty()) {
      return Answer.refused("channel_not_found");
    }
    if (isUnknownThread(channel.get(), arguments)) {
      return Answer.refused("thread_not_found");
    }
    return switch (composer.compose(arguments)) {
      case Composer.Composed.Refused refused -> refused.answer();
      case Composer.Composed.Ready ready -> posted(channel.get(), arguments, ready.content());
    };
  }

  private Answer posted(Channel channel, Arguments arguments, Content content) {
    Draft draft =
        Draft.by(Directory.BOT.id(), channel.id(), content).inThread(arguments.text("thread_ts"));
    Message message = workspace.post(draft);
    ObjectNode body = Json.done().put("channel", channel.id()).put("ts", message.ts());
    body.set("message", wire.message(message));
    if (arguments.text("text").orElse("").length() > Composer.MAX_TEXT) {
      body.put("warning", "message_truncated");
      body.putObject("response_metadata").putArray("warnings").add("message_truncated");
    }
    return Answer.done(body);
  }

  private boolean isUnknownThread(Channel channel, Arguments arguments) {
    return arguments
        .text("thread_ts")
        .filter(ts -> visible(channel.id(), ts).isEmpty())
        .isPresent();
  }

  private Answer postEphemeral(Arguments arguments) {
    Optional<Answer> missing = arguments.missing("channel", "user");
    if (missing.isPresent()) {
      return missing.get();
    }
    Optional<Channel> channel = places.byName(arguments.text("channel").orElse(""));
    if (channel.isEmpty()) {
      return Answer.refused("channel_not_found");
    }
    String user = arguments.text("user").orElse("");
    if (workspace.directory().person(user).isEmpty() || !channel.get().isOpenTo(user)) {
      return Answer.refused("user_not_in_channel");
    }
    return switch (composer.compose(arguments)) {
      case Composer.Composed.Refused refused -> refused.answer();
      case Composer.Composed.Ready ready -> {
        Draft draft =
            Draft.by(Directory.BOT.id(), channel.get().id(), ready.content())
                .inThread(arguments.text("thread_ts"))
                .onlyFor(user);
        yield Answer.done(Json.done().put("message_ts", workspace.post(draft).ts()));
      }
    };
  }

  private Answer update(Arguments arguments) {
    Optional<Answer> missing = arguments.missing("channel", "ts");
    if (missing.isPresent()) {
      return missing.get();
    }
    if (places.byId(arguments).isEmpty()) {
      return Answer.refused("channel_not_found");
    }
    Optional<Message> message = message(arguments, "ts");
    if (message.isEmpty()) {
      return Answer.refused("message_not_found");
    }
    if (!message.get().isByBot()) {
      return Answer.refused("cant_update_message");
    }
    if (arguments.text("text").orElse("").length() > Composer.MAX_UPDATE_TEXT) {
      return Answer.refused("msg_too_long");
    }
    return switch (composer.compose(arguments)) {
      case Composer.Composed.Refused refused -> refused.answer();
      case Composer.Composed.Ready ready -> updated(message.get(), ready.content());
    };
  }

  private Answer updated(Message message, Content content) {
    Message changed = workspace.update(message, content);
    ObjectNode body =
        Json.done()
            .put("channel", changed.channel())
            .put("ts", changed.ts())
            .put("text", content.text());
    body.set("message", wire.message(changed));
    return Answer.done(body);
  }

  private Answer delete(Arguments arguments) {
    Optional<Answer> missing = arguments.missing("channel", "ts");
    if (missing.isPresent()) {
      return missing.get();
    }
    Optional<Channel> channel = places.byId(arguments);
    if (channel.isEmpty()) {
      return Answer.refused("channel_not_found");
    }
    Optional<Message> message = message(arguments, "ts");
    if (message.isEmpty()) {
      return Answer.refused("message_not_found");
    }
    if (!message.get().isByBot()) {
      return Answer.refused("cant_delete_message");
    }
    workspace.delete(channel.get().id(), message.get().ts());
    return Answer.done(
        Json.done().put("channel", channel.get().id()).put("ts", message.get().ts()));
  }

  private Answer permalink(Arguments arguments) {
    Optional<Answer> missing = arguments.missing("channel", "message_ts");
    if (missing.isPresent()) {
      return missing.get();
    }
    Optional<Channel> channel = places.byId(arguments);
    if (channel.isEmpty()) {
      return Answer.refused("channel_not_found");
    }
    return message(arguments, "message_ts")
        .map(
            message ->
                Answer.done(
                    Json.done()
                        .put("channel", channel.get().id())
                        .put("permalink", wire.permalink(message))))
        .orElseGet(() -> Answer.refused("message_not_found"));
  }

  private Optional<Message> message(Arguments arguments, String tsName) {
    return visible(arguments.text("channel").orElse(""), arguments.text(tsName).orElse(""));
  }

  // to the Web API an ephemeral message does not exist once it is posted
  private Optional<Message> visible(String channel, String ts) {
    return workspace.message(channel, ts).filter(message -> !message.isEphemeral());
  }
}
