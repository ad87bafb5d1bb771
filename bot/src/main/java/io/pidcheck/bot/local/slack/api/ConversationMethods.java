package io.pidcheck.bot.local.slack.api;

import io.pidcheck.bot.local.slack.workspace.Channel;
import io.pidcheck.bot.local.slack.workspace.Json;
import io.pidcheck.bot.local.slack.workspace.Message;
import io.pidcheck.bot.local.slack.workspace.Wire;
import io.pidcheck.bot.local.slack.workspace.Workspace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** https://docs.slack.dev/reference/methods?family=conversations */
final class ConversationMethods {

  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 999;

  private final Workspace workspace;
  private final Wire wire;
  private final Places places;

  ConversationMethods(Workspace workspace, Wire wire) {
    this.workspace = workspace;
    this.wire = wire;
    this.places = new Places(workspace.directory());
  }

  Map<String, Method> all() {
    return Map.of(
        "conversations.list", this::list,
        "conversations.info", this::info,
        "conversations.open", this::open,
        "conversations.history", this::history,
        "conversations.replies", this::replies);
  }

  private Answer list(Arguments arguments) {
    List<String> types = List.of(arguments.text("types").orElse("public_channel").split(",", -1));
    ObjectNode body = Json.done();
    ArrayNode channels = body.putArray("channels");
    workspace.directory().channels().stream()
        .filter(channel -> types.contains(channel.isDirect() ? "im" : "public_channel"))
        .forEach(channel -> channels.add(wire.channel(channel)));
    body.putObject("response_metadata").put("next_cursor", "");
    return Answer.done(body);
  }

  private Answer info(Arguments arguments) {
    return places
        .byId(arguments)
        .map(channel -> answer("channel", wire.channel(channel)))
        .orElseGet(() -> Answer.refused("channel_not_found"));
  }

  private Answer open(Arguments arguments) {
    if (arguments.has("channel")) {
      return info(arguments);
    }
    Optional<Answer> missing = arguments.missing("users");
    if (missing.isPresent()) {
      return missing.get();
    }
    String users = arguments.text("users").orElse("");
    if (users.contains(",")) {
      return Answer.invalidArguments("this workspace has direct messages with one person only");
    }
    return workspace
        .directory()
        .directMessagesWith(users)
        .map(channel -> answer("channel", wire.channel(channel)))
        .orElseGet(() -> Answer.refused("user_not_found"));
  }

  private Answer history(Arguments arguments) {
    Optional<Channel> channel = places.byId(arguments);
    if (channel.isEmpty()) {
      return Answer.refused("channel_not_found");
    }
    if (!workspace.directory().botIsIn(channel.get())) {
      return Answer.refused("not_in_channel");
    }
    Stream<Message> newestFirst =
        workspace.messages(channel.get().id()).reversed().stream()
            .filter(message -> !message.isReply());
    return page(newestFirst, arguments);
  }

  private Answer replies(Arguments arguments) {
    Optional<Channel> channel = places.byId(arguments);
    if (channel.isEmpty()) {
      return Answer.refused("channel_not_found");
    }
    if (!workspace.directory().botIsIn(channel.get())) {
      return Answer.refused("not_in_channel");
    }
    String ts = arguments.text("ts").orElse("");
    if (workspace.message(channel.get().id(), ts).filter(m -> !m.isEphemeral()).isEmpty()) {
      return Answer.refused("thread_not_found");
    }
    Stream<Message> thread =
        workspace.messages(channel.get().id()).stream()
            .filter(m -> m.ts().equals(ts) || m.threadTs().equals(Optional.of(ts)));
    return page(thread, arguments);
  }

  private Answer page(Stream<Message> messages, Arguments arguments) {
    int limit =
        Math.clamp(arguments.number("limit").orElse(DEFAULT_LIMIT).longValue(), 1, MAX_LIMIT);
    List<Message> found =
        messages
            .filter(m -> !m.isEphemeral())
            .filter(m -> isWithin(m, arguments))
            .dropWhile(m -> arguments.text("cursor").filter(ts -> !m.ts().equals(ts)).isPresent())
            .toList();
    ObjectNode body = Json.done();
    ArrayNode list = body.putArray("messages");
    found.stream().limit(limit).forEach(message -> list.add(shown(message, arguments)));
    if (found.size() > limit) {
      body.putObject("response_metadata").put("next_cursor", found.get(limit).ts());
    }
    return Answer.done(body.put("has_more", found.size() > limit));
  }

  // https://docs.slack.dev/reference/methods/conversations.history: without it, metadata is hidden
  private ObjectNode shown(Message message, Arguments arguments) {
    ObjectNode json = wire.message(message);
    message
        .content()
        .metadata()
        .filter(metadata -> !metadata.isEmpty() && arguments.flag("include_all_metadata"))
        .ifPresent(metadata -> json.set("metadata", metadata.deepCopy()));
    return json;
  }

  // all ts have the same length until the year 2286, so their order is that of their text
  private static boolean isWithin(Message message, Arguments arguments) {
    boolean inclusive = arguments.flag("inclusive");
    boolean afterOldest =
        arguments.text("oldest").map(message.ts()::compareTo).orElse(1) > (inclusive ? -1 : 0);
    boolean beforeLatest =
        arguments.text("latest").map(message.ts()::compareTo).orElse(-1) < (inclusive ? 1 : 0);
    return afterOldest && beforeLatest;
  }

  private static Answer answer(String name, ObjectNode value) {
    ObjectNode body = Json.done();
    body.set(name, value);
    return Answer.done(body);
  }
}
