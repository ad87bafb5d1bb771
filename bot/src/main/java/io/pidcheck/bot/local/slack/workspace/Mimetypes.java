package io.pidcheck.bot.local.slack.workspace;

import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.Locale;

/** Guesses a file's type: pictures by their first bytes, text by the name. */
final class Mimetypes {

  private Mimetypes() {}

  static String of(String name, Buffer content) {
    String start = HexFormat.of().formatHex(content.getBytes(0, Math.min(4, content.length())));
    if (start.equals("89504e47")) {
      return "image/png";
    }
    if (start.startsWith("ffd8ff")) {
      return "image/jpeg";
    }
    if (start.equals("47494638")) {
      return "image/gif";
    }
    return byName(name.toLowerCase(Locale.ROOT));
  }

  private static String byName(String name) {
    if (name.endsWith(".json")) {
      return "application/json";
    }
    if (name.endsWith(".csv")) {
      return "text/csv";
    }
    return name.endsWith(".txt") || name.endsWith(".log") || name.endsWith(".md")
        ? "text/plain"
        : "application/octet-stream";
  }
}
