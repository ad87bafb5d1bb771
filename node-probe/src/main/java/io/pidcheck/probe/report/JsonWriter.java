package io.pidcheck.probe.report;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** JSON as bytes, RFC 8259; names and values follow each other as they are written. */
final class JsonWriter {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] out = new byte[32 * 1024];
  private int length;
  private boolean separate;

  JsonWriter open(char bracket) {
    separate();
    put(bracket);
    separate = false;
    return this;
  }

  JsonWriter close(char bracket) {
    put(bracket);
    separate = true;
    return this;
  }

  JsonWriter name(String name) {
    separate();
    quote(name);
    put(':');
    separate = false;
    return this;
  }

  JsonWriter value(String text) {
    separate();
    quote(text);
    return this;
  }

  JsonWriter value(long number) {
    return bare(Long.toString(number));
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

  byte[] bytes() {
    return Arrays.copyOf(out, length);
  }

  private JsonWriter bare(String word) {
    separate();
    for (int i = 0; i < word.length(); i++) {
      put(word.charAt(i));
    }
    return this;
  }

  private void separate() {
    if (separate) {
      put(',');
    }
    separate = true;
  }

  private void quote(String text) {
    put('"');
    if (isPlain(text)) {
      for (int i = 0; i < text.length(); i++) {
        escaped((byte) text.charAt(i));
      }
    } else {
      // a lone surrogate becomes a question mark here, so the result is UTF-8 in any case
      for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
        escaped(b);
      }
    }
    put('"');
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7E) {
        return false;
      }
    }
    return true;
  }

  private void escaped(byte b) {
    if (b == '"' || b == '\\') {
      put('\\');
      put((char) b);
    } else if ((b >= 0 && b < ' ') || b == 0x7F) {
      put('\\');
      put('u');
      put('0');
      put('0');
      put((char) HEX[b >> 4]);
      put((char) HEX[b & 15]);
    } else {
      put((char) b);
    }
  }

  private void put(char c) {
    if (length == out.length) {
      out = Arrays.copyOf(out, length * 2);
    }
    out[length++] = (byte) c;
  }
}
