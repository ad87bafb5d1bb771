package io.pidcheck.bot.local.slack.workspace;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a message says.
 *
 * @param blocks validated and completed by the caller; empty for none; not to be changed
 * @param attachments Slack's older form, kept as given
 * @param metadata what only apps see: event_type and event_payload; an empty one takes an earlier
 *     one away
 */
public record Content(
    String text,
    ArrayNode blocks,
    ArrayNode attachments,
    List<SlackFile> files,
    Optional<ObjectNode> metadata) {

  public Content {
    files = List.copyOf(files);
  }

  public static Content text(String text) {
    return new Content(text, Json.array(), Json.array(), List.of(), Optional.empty());
  }

  public static Content files(String comment, List<SlackFile> files) {
    return new Content(comment, Json.array(), Json.array(), files, Optional.empty());
  }

  /** In the place of an earlier one, whose files stay, and its metadata unless there are new. */
  Content after(Content earlier) {
    return new Content(
        text, blocks, attachments, earlier.files, metadata.or(() -> earlier.metadata));
  }
}
