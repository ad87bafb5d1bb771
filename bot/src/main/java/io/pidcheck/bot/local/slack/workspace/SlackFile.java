package io.pidcheck.bot.local.slack.workspace;

import io.vertx.core.buffer.Buffer;

/** An uploaded file. */
public record SlackFile(String id, String name, String title, String mimetype, Buffer content) {

  public boolean isImage() {
    return mimetype.startsWith("image/");
  }

  SlackFile titled(String newTitle) {
    return new SlackFile(id, name, newTitle, mimetype, content);
  }
}
