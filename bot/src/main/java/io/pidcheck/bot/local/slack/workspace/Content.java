package io.pidcheck.bot.local.slack.workspace;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/**
 * What a message says.
 *
 * @param blocks validated and completed by the caller; empty for none; not to be changed
 * @param attachments Slack's older form, kept as given
 */
public record Content(String text, ArrayNode blocks, ArrayNode attachments, List<SlackFile> files) {

  public Content {
    files = List.copyOf(files);
  }

  public static Content text(String text) {
    return new Content(text, Json.array(), Json.array(), List.of());
  }

  public static Content files(String comment, List<SlackFile> files) {
    return new Content(comment, Json.array(), Json.array(), files);
  }

  Content withFiles(List<SlackFile> kept) {
    return new Content(text, blocks, attachments, kept);
  }
}
