package io.pidcheck.probe.report;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/** JSON, RFC 8259; names and values follow each other as they are written. */
final class JsonWriter {

  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder(32 * 1024);
  private boolean separate;

  JsonWriter open(char bracket) {
    separate();
    out.append(bracket);
    separate = false;
    return this;
  }

  JsonWriter close(char bracket) {
    out.append(bracket);
    separate = true;
    return this;
  }

  /**
   * @param name a word that needs no escapes
   */
  JsonWriter name(String name) {
    separate();
    out.append('"').append(name).append("\":");
    separate = false;
    return this;
  }

  JsonWriter value(String text) {
    separate();
    out.append('"');
    int done = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || c == 0x7F) {
        out.append(text, done, i);
        escape(c);
        done = i + 1;
      }
    }
    out.append(text, done, text.length()).append('"');
    return this;
  }

  JsonWriter value(long number) {
    separate();
    out.append(number);
    return this;
  }

  JsonWriter value(boolean truth) {
    return bare(truth ? "true" : "false");
  }

  JsonWriter value(OptionalLong number) {
    return number.isPresent() ? value(number.getAsLong()) : bare("null");
  }

  JsonWriter value(Optional<String> text) {
    return text.isPresent() ? value(text.get()) : bare("null");
  }

  JsonWriter value(Limit limit) {
    // not a switch over patterns: its first use costs more than the rest of the report
    if (limit instanceof Limit.Of of) {
      return value(of.value());
    }
    return limit instanceof Limit.Unlimited ? value("unlimited") : bare("null");
  }

  /** In UTF-8; a lone surrogate becomes a question mark. */
  byte[] bytes() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private JsonWriter bare(String word) {
    separate();
    out.append(word);
    return this;
  }

  private void separate() {
    if (separate) {
      out.append(',');
    }
    separate = true;
  }

  private void escape(char c) {
    if (c == '"' || c == '\\') {
      out.append('\\').append(c);
    } else {
      out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
    }
  }
}
