package io.pidcheck.bot.local.slack.api;

import io.pidcheck.bot.local.slack.workspace.Channel;
import io.pidcheck.bot.local.slack.workspace.Content;
import io.pidcheck.bot.local.slack.workspace.Directory;
import io.pidcheck.bot.local.slack.workspace.Draft;
import io.pidcheck.bot.local.slack.workspace.FileShelf;
import io.pidcheck.bot.local.slack.workspace.Json;
import io.pidcheck.bot.local.slack.workspace.SlackFile;
import io.pidcheck.bot.local.slack.workspace.Wire;
import io.pidcheck.bot.local.slack.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Uploading in three steps: https://docs.slack.dev/messaging/working-with-files */
final class FileMethods {

  private final Workspace workspace;
  private final Wire wire;

  FileMethods(Workspace workspace, Wire wire) {
    this.workspace = workspace;
    this.wire = wire;
  }

  Map<String, Method> all() {
    return Map.of(
        "files.getUploadURLExternal", this::announce,
        "files.completeUploadExternal", this::complete,
        "files.info", this::info);
  }

  private Answer announce(Arguments arguments) {
    Optional<Answer> missing = arguments.missing("filename", "length");
    if (missing.isPresent()) {
      return missing.get();
    }
    int length = arguments.number("length").orElse(0);
    if (length < 1) {
      return Answer.invalidArguments("must be greater than 0 [json-pointer:/length]");
    }
    if (length > FileShelf.MAX_FILE_BYTES) {
      return Answer.refused("file_upload_size_restricted");
    }
    String id = workspace.files().expect(arguments.text("filename").orElse(""), length);
    return Answer.done(
        Json.done().put("upload_url", wire.uploadUrl(id).toString()).put("file_id", id));
  }

  private Answer complete(Arguments arguments) {
    Optional<JsonNode> wanted = arguments.json("files").filter(JsonNode::isArray);
    if (wanted.isEmpty() || wanted.get().isEmpty()) {
      return Answer.invalidArguments("missing required field: files");
    }
    List<SlackFile> files = new ArrayList<>();
    for (JsonNode file : wanted.get()) {
      Optional<SlackFile> uploaded = workspace.files().uploaded(file.path("id").asString(""));
      if (uploaded.isEmpty()) {
        return Answer.refused("file_not_found");
      }
      files.add(uploaded.get());
    }
    Optional<String> channelId = arguments.text("channel_id").or(() -> arguments.text("channels"));
    if (channelId.isEmpty()) {
      return answer(completed(files, wanted.get()));
    }
    Optional<Channel> channel = workspace.directory().channel(channelId.get());
    if (channel.isEmpty()) {
      return Answer.refused("channel_not_found");
    }
    if (!workspace.directory().botIsIn(channel.get())) {
      return Answer.refused("not_in_channel");
    }
    List<SlackFile> completed = completed(files, wanted.get());
    Content content = Content.files(arguments.text("initial_comment").orElse(""), completed);
    workspace.post(
        Draft.by(Directory.BOT.id(), channel.get().id(), content)
            .inThread(arguments.text("thread_ts")));
    return answer(completed);
  }

  private List<SlackFile> completed(List<SlackFile> files, JsonNode wanted) {
    List<SlackFile> completed = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      SlackFile file = files.get(i);
      String title = Json.string(wanted.path(i), "title").orElse(file.name());
      completed.add(workspace.files().complete(file, title));
    }
    return completed;
  }

  private Answer answer(List<SlackFile> files) {
    ObjectNode body = Json.done();
    ArrayNode list = body.putArray("files");
    files.forEach(file -> list.add(wire.file(file)));
    return Answer.done(body);
  }

  private Answer info(Arguments arguments) {
    return arguments
        .text("file")
        .flatMap(workspace.files()::file)
        .map(
            file -> {
              ObjectNode body = Json.done();
              body.set("file", wire.file(file));
              return Answer.done(body);
            })
        .orElseGet(() -> Answer.refused("file_not_found"));
  }
}
