package io.pidcheck.bot.message;

/**
 * Text that somebody else wrote: process names, command lines, events, what a user typed. It is
 * shown, never interpreted: only ever as plain text, without characters that hide or reorder.
 */
final class Foreign {

  private static final char ELLIPSIS = '…';

  private Foreign() {}

  /** One line of at most {@code most} characters. */
  static String line(String text, int most) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), most + 1));
    int at = 0;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      if (line.length() + Character.charCount(codePoint) > most) {
        return line.append(ELLIPSIS).toString();
      }
      append(line, codePoint);
      at += Character.charCount(codePoint);
    }
    return line.toString().strip();
  }

  private static void append(StringBuilder line, int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          line.append(' ');
      case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> {
        // bidi marks, zero-width and tag characters, halves of pairs
      }
      default -> line.appendCodePoint(codePoint);
    }
  }
}
