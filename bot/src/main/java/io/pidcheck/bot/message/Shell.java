package io.pidcheck.bot.message;

import java.util.Optional;
import java.util.regex.Pattern;

/** Commands for people to copy. Foreign words in them are quoted, never left to the shell. */
final class Shell {

  private static final int MOST = 480;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private Shell() {}

  /** One word, as a POSIX shell takes it literally. */
  static String word(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** Empty where the command could not be shown as it must be typed. */
  static Optional<String> whole(String command) {
    return Foreign.line(command, MOST).equals(command) ? Optional.of(command) : Optional.empty();
  }
}
