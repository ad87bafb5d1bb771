package io.pidcheck.bot.local.slack.api;

import io.pidcheck.bot.local.slack.blockkit.BlockKit;
import io.pidcheck.bot.local.slack.blockkit.Completion;
import io.pidcheck.bot.local.slack.workspace.Content;
import io.pidcheck.bot.local.slack.workspace.FileShelf;
import io.pidcheck.bot.local.slack.workspace.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads what a message is to say and refuses what Slack would refuse. */
public final class Composer {

  /** https://docs.slack.dev/reference/methods/chat.postMessage: longer text is cut. */
  static final int MAX_TEXT = 40_000;

  /** https://docs.slack.dev/reference/methods/chat.update: msg_too_long. */
  static final int MAX_UPDATE_TEXT = 4_000;

  private static final int MAX_ATTACHMENTS = 100;

  private final BlockKit blockKit;

  public Composer(FileShelf files) {
    this.blockKit = new BlockKit(id -> files.file(id).isPresent());
  }

  /** The outcome of reading. */
  public sealed interface Composed {
    record Ready(Content content) implements Composed {}

    record Refused(Answer.Refused answer) implements Composed {}
  }

  BlockKit blockKit() {
    return blockKit;
  }

  /** What is wrong with a modal, in Slack's words. */
  public List<String> problemsOfModal(JsonNode view) {
    return blockKit.problemsOfModal(view);
  }

  /** Reads {@code text}, {@code blocks} and {@code attachments}. */
  public Composed compose(Arguments arguments) {
    Optional<JsonNode> blocks = list(arguments, "blocks");
    if (blocks.isEmpty()) {
      return refused("invalid_blocks_format", List.of());
    }
    Optional<JsonNode> attachments = list(arguments, "attachments");
    if (attachments.isEmpty()) {
      return refused("invalid_attachments", List.of());
    }
    if (attachments.get().size() > MAX_ATTACHMENTS) {
      return refused("too_many_attachments", List.of());
    }
    if (BlockKit.isTooLong(blocks.get())) {
      return refused("msg_blocks_too_long", List.of());
    }
    List<String> problems = blockKit.problemsOfMessage(blocks.get());
    if (!problems.isEmpty()) {
      return refused("invalid_blocks", problems);
    }
    Optional<JsonNode> metadata = arguments.json("metadata");
    if (arguments.has("metadata") && metadata.filter(Composer::isMetadata).isEmpty()) {
      return refused("invalid_metadata_format", List.of());
    }
    String text = arguments.text("text").orElse("");
    if (text.isBlank() && blocks.get().isEmpty() && attachments.get().isEmpty()) {
      return refused("no_text", List.of());
    }
    return ready(
        new Content(
            text,
            blocks.get().deepCopy().asArray(),
            attachments.get().deepCopy().asArray(),
            List.of(),
            metadata.map(JsonNode::asObject)));
  }

  private static Composed ready(Content content) {
    Completion.complete(content.blocks());
    String text = content.text();
    return new Composed.Ready(
        new Content(
            text.substring(0, Math.min(text.length(), MAX_TEXT)),
            content.blocks(),
            content.attachments(),
            content.files(),
            content.metadata()));
  }

  /** https://docs.slack.dev/messaging/message-metadata; chat.update: an empty one takes it away. */
  private static boolean isMetadata(JsonNode metadata) {
    return metadata.isObject()
        && (metadata.isEmpty()
            || (metadata.path("event_type").isString()
                && metadata.path("event_payload").isObject()));
  }

  /** The list of that name, an empty one when it is absent; empty when it is no list. */
  private static Optional<JsonNode> list(Arguments arguments, String name) {
    if (!arguments.has(name)) {
      return Optional.of(Json.array());
    }
    return arguments.json(name).filter(JsonNode::isArray);
  }

  private static Composed refused(String error, List<String> problems) {
    return new Composed.Refused(new Answer.Refused(error, problems));
  }
}
