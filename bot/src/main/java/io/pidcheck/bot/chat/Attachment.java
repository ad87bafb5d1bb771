package io.pidcheck.bot.chat;

import java.nio.ByteBuffer;

/**
 * A file for a thread.
 *
 * @param name with its ending, by which Slack knows the kind
 * @param title plain text, shown above it
 * @param altText of a picture, for those who cannot see it; empty for others
 */
public record Attachment(String name, String title, String altText, ByteBuffer content) {

  public Attachment {
    content = content.asReadOnlyBuffer();
    if (!content.hasRemaining()) {
      throw new IllegalArgumentException("Slack takes no empty file: " + name);
    }
  }

  /** A buffer of its own, to be read from its beginning. */
  @Override
  public ByteBuffer content() {
    return content.duplicate();
  }

  int length() {
    return content.remaining();
  }
}
