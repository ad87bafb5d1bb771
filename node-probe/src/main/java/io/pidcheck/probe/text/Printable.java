package io.pidcheck.probe.text;

import java.nio.charset.StandardCharsets;

/**
 * Text that another program chose, such as a process's name, as text that shows as itself: one
 * line, nothing invisible, nothing that turns the reading direction.
 */
public final class Printable {

  private static final char UNREADABLE = '\uFFFD';

  /** Accents stay; a tower of them that covers the lines above does not. */
  private static final int MAX_COMBINING = 2;

  private Printable() {}

  /**
   * UTF-8 as printable text. What is no UTF-8 becomes U+FFFD, as do unassigned and private-use
   * characters; control characters and every kind of space become a space; format characters (bidi
   * and zero-width marks, tags) are left out.
   */
  public static String of(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < ' ' || bytes[i] == 0x7F) {
        return of(new String(bytes, from, to - from, StandardCharsets.UTF_8));
      }
    }
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /** The same for text that is decoded already. */
  public static String of(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int combining = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      int shown = shown(c);
      combining = isCombining(c) ? combining + 1 : 0;
      if (shown >= 0 && combining <= MAX_COMBINING) {
        out.appendCodePoint(shown);
      }
    }
    return out.toString();
  }

  /** At most {@code max} characters, never half of a surrogate pair; a cut shows as an ellipsis. */
  public static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Math.max(0, max - 1);
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + (max > 0 ? "…" : "");
  }

  private static int shown(int c) {
    if (c >= ' ' && c < 0x7F) {
      return c;
    }
    if (isInvisibleLetter(c)) {
      return -1;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          ' ';
      case Character.FORMAT -> -1;
      case Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> UNREADABLE;
      default -> c;
    };
  }

  /** Letters and marks by their category, but nothing to see: Unicode's Default_Ignorable. */
  private static boolean isInvisibleLetter(int c) {
    return c == 0x034F
        || c == 0x115F
        || c == 0x1160
        || c == 0x17B4
        || c == 0x17B5
        || (c >= 0x180B && c <= 0x180F)
        || c == 0x2800
        || c == 0x3164
        || (c >= 0xFE00 && c <= 0xFE0F)
        || c == 0xFFA0
        || (c >= 0xE0100 && c <= 0xE01EF);
  }

  private static boolean isCombining(int c) {
    if (c < 0x0300) {
      return false;
    }
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }
}
