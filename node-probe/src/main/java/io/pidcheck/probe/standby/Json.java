package io.pidcheck.probe.standby;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value, RFC 8259, as far as it is looked at here. */
sealed interface Json {

  record Text(String text) implements Json {}

  /** A number, true, false or null, as it was written. */
  record Word(String word) implements Json {}

  record Array(List<Json> items) implements Json {
    public Array {
      items = List.copyOf(items);
    }
  }

  record Members(Map<String, Json> members) implements Json {
    public Members {
      members = Map.copyOf(members);
    }
  }

  /** What a text says that is no JSON, or nested too deeply. */
  final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String why) {
      super(why);
    }
  }

  /** The value below these names; empty where there is none. */
  default Optional<Json> at(String... path) {
    Json here = this;
    for (String name : path) {
      if (!(here instanceof Members(var members)) || !members.containsKey(name)) {
        return Optional.empty();
      }
      here = members.getOrDefault(name, here);
    }
    return Optional.of(here);
  }

  /** The text below these names; empty where there is none. */
  default Optional<String> text(String... path) {
    return at(path).flatMap(Json::asText);
  }

  private Optional<String> asText() {
    return this instanceof Text(var text) ? Optional.of(text) : Optional.empty();
  }

  /**
   * Reads one value that is all of the text.
   *
   * @throws Malformed when it is not
   */
  static Json read(String text) throws Malformed {
    Reader reader = new Reader(text);
    Json value = reader.value(0);
    reader.end();
    return value;
  }

  /** Goes through a text once. */
  final class Reader {
    private static final int DEEPEST = 64;

    private final String in;
    private int at;

    private Reader(String in) {
      this.in = in;
    }

    private Json value(int depth) throws Malformed {
      if (depth > DEEPEST) {
        throw new Malformed("nested too deeply");
      }
      return switch (next()) {
        case '{' -> members(depth);
        case '[' -> array(depth);
        case '"' -> new Text(string());
        default -> word();
      };
    }

    private Json members(int depth) throws Malformed {
      Map<String, Json> members = new LinkedHashMap<>();
      at++;
      while (next() != '}') {
        String name = string();
        expect(':');
        members.put(name, value(depth + 1));
        separator('}');
      }
      at++;
      return new Members(members);
    }

    private Json array(int depth) throws Malformed {
      List<Json> items = new ArrayList<>();
      at++;
      while (next() != ']') {
        items.add(value(depth + 1));
        separator(']');
      }
      at++;
      return new Array(items);
    }

    private void separator(char end) throws Malformed {
      if (next() != end) {
        expect(',');
      }
    }

    private Json word() throws Malformed {
      int from = at;
      while (at < in.length()
          && "+-.0123456789abcdefghijklmnopqrstuvwxyzE".indexOf(in.charAt(at)) >= 0) {
        at++;
      }
      if (at == from) {
        throw new Malformed("no value at " + at);
      }
      return new Word(in.substring(from, at));
    }

    private String string() throws Malformed {
      expect('"');
      StringBuilder out = new StringBuilder();
      while (true) {
        char c = any();
        if (c == '"') {
          return out.toString();
        }
        out.append(c == '\\' ? escaped() : c);
      }
    }

    private char escaped() throws Malformed {
      char c = any();
      return switch (c) {
        case 'n' -> '\n';
        case 't' -> '\t';
        case 'r' -> '\r';
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'u' -> unicode();
        default -> c;
      };
    }

    private char unicode() throws Malformed {
      int value = 0;
      for (int i = 0; i < 4; i++) {
        int digit = Character.digit(any(), 16);
        if (digit < 0) {
          throw new Malformed("no \\u escape at " + at);
        }
        value = value * 16 + digit;
      }
      return (char) value;
    }

    private char any() throws Malformed {
      if (at >= in.length()) {
        throw new Malformed("it ends too early");
      }
      return in.charAt(at++);
    }

    private char next() throws Malformed {
      while (at < in.length() && " \t\r\n".indexOf(in.charAt(at)) >= 0) {
        at++;
      }
      if (at >= in.length()) {
        throw new Malformed("it ends too early");
      }
      return in.charAt(at);
    }

    private void expect(char c) throws Malformed {
      if (next() != c) {
        throw new Malformed("no " + c + " at " + at);
      }
      at++;
    }

    private void end() throws Malformed {
      if (!in.substring(at).isBlank()) {
        throw new Malformed("more than one value");
      }
    }
  }
}
