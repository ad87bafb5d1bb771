package io.pidcheck.probe.proc;

/** Numbers and words in the bytes of a kernel file. */
final class Ascii {

  static final long NONE = -1;

  private Ascii() {}

  /** The digits from {@code from} on as a number, or {@link #NONE} where there are none. */
  static long number(byte[] bytes, int from, int to) {
    long value = 0;
    int i = from;
    while (i < to && bytes[i] >= '0' && bytes[i] <= '9' && i - from < 18) {
      value = value * 10 + (bytes[i] - '0');
      i++;
    }
    return i == from ? NONE : value;
  }

  static int skipSpaces(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    return i;
  }

  static int endOfLine(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  static boolean startsWith(byte[] bytes, int from, int to, String word) {
    if (to - from < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[from + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Where the rest of the line that starts with {@code word} begins, or -1. */
  static int afterLineStart(byte[] bytes, int length, String word) {
    for (int line = 0; line < length; line = endOfLine(bytes, line, length) + 1) {
      if (startsWith(bytes, line, length, word)) {
        return line + word.length();
      }
    }
    return -1;
  }
}
