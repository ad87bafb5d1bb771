package io.pidcheck.probe;

import java.nio.file.Path;

/** One {@code --name=value} of a verb that changes a node. Whatever is not just so is refused. */
record Option(String name, String value) {

  private static final int MAX_TEXT = 200; // with so much, a result fits a termination message

  /** An option that cannot be taken. */
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;

    private final String why;

    Wrong(String why) {
      super(why);
      this.why = why;
    }

    /** For people. */
    String why() {
      return why;
    }
  }

  static Option of(String arg) {
    int equals = arg.indexOf('=');
    return equals < 0
        ? new Option(arg, "")
        : new Option(arg.substring(0, equals), arg.substring(equals + 1));
  }

  static void require(boolean holds, String otherwise) throws Wrong {
    if (!holds) {
      throw new Wrong(otherwise);
    }
  }

  String text() throws Wrong {
    require(!value.isEmpty(), name + " needs a value: " + name + "=...");
    require(value.length() <= MAX_TEXT, name + " is too long");
    return value;
  }

  Path path() throws Wrong {
    String text = text();
    require(text.startsWith("/") && text.indexOf('\0') < 0, name + " must be an absolute path");
    return Path.of(text);
  }

  long number() throws Wrong {
    return number(value);
  }

  /** A part of the value as a number. */
  long number(String part) throws Wrong {
    boolean digits = !part.isEmpty() && part.length() <= 18;
    for (int i = 0; digits && i < part.length(); i++) {
      digits = part.charAt(i) >= '0' && part.charAt(i) <= '9';
    }
    require(digits, name + " needs a number");
    return Long.parseLong(part);
  }

  boolean flag() throws Wrong {
    require(value.isEmpty(), name + " takes no value");
    return true;
  }
}
