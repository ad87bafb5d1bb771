package io.pidcheck.probe.masking;

import static io.pidcheck.probe.masking.CommandLine.END_OF_ARGUMENT;
import static io.pidcheck.probe.masking.CommandLine.isSpace;

/**
 * Where words, names and values begin and end in a command line. An argument's own end is certain;
 * within a script ({@code sh -c '...'}), or a title that a process gave itself, blanks separate.
 */
final class Bounds {

  private final String text;
  private final boolean title;

  Bounds(String text) {
    this.text = text;
    title = text.indexOf(END_OF_ARGUMENT) < 0;
  }

  boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '`';
  }

  /** The character before {@code at}; the beginning counts as the end of an argument. */
  char before(int at) {
    return at <= 0 ? END_OF_ARGUMENT : text.charAt(at - 1);
  }

  boolean startsWord(int at) {
    char before = before(at);
    return !isSpace(text.charAt(at)) && (isSpace(before) || isQuote(before) || before == '=');
  }

  int wordStart(int end) {
    int start = end;
    while (start > 0 && !isSpace(text.charAt(start - 1)) && !isQuote(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  int wordEnd(int from) {
    return firstOf(from, " \0\"'`");
  }

  int argumentEnd(int from) {
    int end = text.indexOf(END_OF_ARGUMENT, from);
    return end < 0 ? text.length() : end;
  }

  int addressEnd(int from) {
    return firstOf(from, " \0\"'`<>");
  }

  /** Of a value that stands after a blank: a word, or all that is between quotes. */
  int valueEnd(int from) {
    return isQuote(text.charAt(from)) ? quotedEnd(from) : firstOf(from, " \0");
  }

  /** Where the name that ends at {@code end} begins; the dashes of an option belong to it. */
  int nameStart(int end) {
    int start = end;
    while (start > 0 && isNameChar(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  /** The end of what {@code =} gives to the name at {@code nameStart}. */
  int assignedEnd(int nameStart, int from) {
    if (from < text.length() && isQuote(text.charAt(from))) {
      return quotedEnd(from);
    }
    char before = before(nameStart);
    boolean script = isScript(nameStart);
    if (isQuote(before)) {
      return Math.min(pairsEnd(from), indexOf(before, from));
    }
    return switch (before) {
      case '?', '&' -> firstOf(from, "&#; \0\"'`");
      case ';' -> firstOf(from, script ? "; \0\"'`" : ";\0\"'`");
      case ',', '{', '[', '(' -> firstOf(from, ",}]); \0\"'`");
      case ' ' ->
          isPairList(nameStart)
              ? pairsEnd(from)
              : firstOf(from, script ? " \0\"'`;&|)" : " \0\"'`");
      default -> script ? Math.min(pairsEnd(from), firstOf(from, " \0\"'`&|)")) : pairsEnd(from);
    };
  }

  /** The end of {@code "name": value}. */
  int fieldEnd(int from) {
    return isQuote(text.charAt(from)) ? quotedEnd(from) : firstOf(from, ",}] \0");
  }

  /** The end of {@code Header: value}: of its quotes, its argument, or in a script two words on. */
  int headerEnd(int nameStart, int from) {
    if (isQuote(text.charAt(from))) {
      return quotedEnd(from);
    }
    char before = before(nameStart);
    if (isQuote(before)) {
      return indexOf(before, from);
    }
    if (!isScript(nameStart)) {
      return argumentEnd(from);
    }
    int first = firstOf(from, " \0\"'`");
    return first < text.length() && text.charAt(first) == ' '
        ? firstOf(first + 1, " \0\"'`")
        : first;
  }

  int afterQuote(int from) {
    return isQuote(text.charAt(from)) ? from + 1 : from;
  }

  int beforeQuote(int from, int end) {
    boolean closed = end - 1 > from && text.charAt(end - 1) == text.charAt(from);
    return closed && isQuote(text.charAt(from)) ? end - 1 : end;
  }

  /** {@code Key=Value;Key=Value}: up to the next key. Else up to the argument's end. */
  private int pairsEnd(int from) {
    int end = argumentEnd(from);
    for (int semicolon = text.indexOf(';', from);
        semicolon >= 0 && semicolon < end;
        semicolon = text.indexOf(';', semicolon + 1)) {
      int name = semicolon + 1;
      while (name < end && (isNameChar(text.charAt(name)) || text.charAt(name) == ' ')) {
        name++;
      }
      if (name == end || (name > semicolon + 1 && text.charAt(name) == '=')) {
        return semicolon;
      }
    }
    return end;
  }

  /** Names may have blanks in them there: {@code Server=x;User Id=y;Shared Access Key=z}. */
  private boolean isPairList(int nameStart) {
    for (int i = nameStart - 1; i >= 0 && text.charAt(i) != END_OF_ARGUMENT; i--) {
      char c = text.charAt(i);
      if (c == ';') {
        return true;
      }
      if (c != ' ' && !isNameChar(c)) {
        return false;
      }
    }
    return false;
  }

  private int quotedEnd(int from) {
    int end = text.indexOf(text.charAt(from), from + 1);
    int argument = argumentEnd(from);
    return end < 0 || end > argument ? argument : end + 1;
  }

  private int indexOf(char quote, int from) {
    int end = text.indexOf(quote, from);
    return end < 0 ? argumentEnd(from) : Math.min(end, argumentEnd(from));
  }

  /** Whether blanks separate here: after {@code sh -c}, or where there are no arguments at all. */
  private boolean isScript(int at) {
    if (title) {
      return true;
    }
    int start = at;
    while (start > 0 && text.charAt(start - 1) != END_OF_ARGUMENT) {
      start--;
    }
    if (start < 2) {
      return false;
    }
    int option = text.lastIndexOf(END_OF_ARGUMENT, start - 2) + 1;
    int length = start - 1 - option;
    return length >= 2
        && length <= 4
        && text.charAt(option) == '-'
        && text.charAt(start - 2) == 'c';
  }

  private int firstOf(int from, String characters) {
    int i = from;
    while (i < text.length() && characters.indexOf(text.charAt(i)) < 0) {
      i++;
    }
    return i;
  }

  /** Where nothing can begin: most of a command line. */
  static boolean isInsideWord(String text, int at) {
    return at > 0 && isNameChar(text.charAt(at)) && isNameChar(text.charAt(at - 1));
  }

  private static boolean isNameChar(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '.';
  }
}
