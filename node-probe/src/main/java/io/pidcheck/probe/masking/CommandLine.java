package io.pidcheck.probe.masking;

import io.pidcheck.probe.text.Printable;

/** A process's arguments, proc_pid_cmdline(5), as one line that may leave the node. */
public final class CommandLine {

  /** In characters, after masking. */
  public static final int MAX_LENGTH = 512;

  /** What stands for a secret. */
  public static final String MASK = "***";

  /** Between arguments while they are looked at; printable text has no such character. */
  static final char END_OF_ARGUMENT = '\0';

  private CommandLine() {}

  /**
   * Masked, printable, bounded: in this order, so that no cut leaves half a secret that is no
   * longer recognised as one.
   *
   * @param bytes arguments, each with a NUL behind it; or a title that the process gave itself
   * @param cut whether there was more than was read
   */
  public static String of(byte[] bytes, int length, boolean cut) {
    int end = length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    StringBuilder arguments = new StringBuilder(end);
    for (int from = 0; from < end; ) {
      int to = from;
      while (to < end && bytes[to] != 0) {
        to++;
      }
      if (from > 0) {
        arguments.append(END_OF_ARGUMENT);
      }
      arguments.append(Printable.of(bytes, from, to));
      from = to + 1;
    }
    if (cut) {
      dropLastWord(arguments);
    }
    String masked = new Masking(arguments.toString()).masked(MAX_LENGTH + 1);
    return Printable.cut(masked.replace(END_OF_ARGUMENT, ' ').strip(), MAX_LENGTH);
  }

  /** The last word may be the beginning of something that only its end shows to be a secret. */
  private static void dropLastWord(StringBuilder arguments) {
    int end = arguments.length();
    while (end > 0 && !isSpace(arguments.charAt(end - 1))) {
      end--;
    }
    // one word of many thousand characters: nothing to tell what it is
    arguments.setLength(end);
    arguments.append('…');
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == END_OF_ARGUMENT;
  }
}
