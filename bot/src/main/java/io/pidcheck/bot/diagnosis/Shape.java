package io.pidcheck.bot.diagnosis;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern, and words of which any text that it matches has at least one. Most events are about
 * something else: to look for a few words first costs a tenth of trying every pattern at every
 * place, and a check of a loud node reads ten thousand of them.
 *
 * @param marks in lower case, as the text is
 */
record Shape(Pattern pattern, List<String> marks) {

  Shape {
    marks = List.copyOf(marks);
  }

  static Shape of(String pattern, String... marks) {
    return new Shape(Pattern.compile(pattern), List.of(marks));
  }

  /**
   * With a class for the first two letters of all its alternatives, tried before them.
   *
   * @param letters e.g. {@code [fe][ox]} for {@code fork|exec}
   */
  static Shape beginning(String letters, String pattern, String... marks) {
    return of("(?=" + letters + ")(?:" + pattern + ")", marks);
  }

  boolean isIn(String text) {
    return mayBeIn(text) && pattern.matcher(text).find();
  }

  boolean mayBeIn(String text) {
    for (String mark : marks) {
      if (text.contains(mark)) {
        return true;
      }
    }
    return false;
  }

  Matcher matcher(String text) {
    return pattern.matcher(text);
  }
}
