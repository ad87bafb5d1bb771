package io.pidcheck.bot.local.slack.blockkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * One place in a tree that is being checked; it knows its way from the root and where to complain.
 */
final class Spot {

  private final JsonNode node;
  private final String pointer;
  private final List<String> problems;

  private Spot(JsonNode node, String pointer, List<String> problems) {
    this.node = node;
    this.pointer = pointer;
    this.problems = problems;
  }

  static Spot root(JsonNode node, String pointer) {
    return new Spot(node, pointer, new ArrayList<>());
  }

  /** What was wrong here and anywhere below, in Slack's words. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  JsonNode node() {
    return node;
  }

  String type() {
    return node.path("type").asString("");
  }

  void complain(String problem) {
    problems.add(problem + " [json-pointer:" + pointer + "]");
  }

  Spot at(String field) {
    return new Spot(node.path(field), pointer + "/" + field, problems);
  }

  boolean has(String field) {
    return node.has(field) && !node.path(field).isNull();
  }

  /** Checks a field if it is there. */
  void ifPresent(String field, Consumer<Spot> check) {
    if (has(field)) {
      check.accept(at(field));
    }
  }

  /** True when this is an object with the required fields and no unknown ones. */
  boolean isObject(Set<String> required, Set<String> optional) {
    if (!node.isObject()) {
      complain("must be an object");
      return false;
    }
    int before = problems.size();
    for (String field : required) {
      if (!has(field)) {
        complain("missing required field: " + field);
      }
    }
    for (String field : node.propertyNames()) {
      if (!required.contains(field) && !optional.contains(field)) {
        complain("invalid additional property: " + field);
      }
    }
    return problems.size() == before;
  }

  /** Checks an array and each of its items. */
  void items(int min, int max, Consumer<Spot> check) {
    if (!node.isArray()) {
      complain("must be an array");
      return;
    }
    if (node.size() < min) {
      complain("no fewer than " + min + " items allowed");
    }
    if (node.size() > max) {
      complain("no more than " + max + " items allowed");
      return;
    }
    for (int i = 0; i < node.size(); i++) {
      check.accept(new Spot(node.path(i), pointer + "/" + i, problems));
    }
  }

  void string(int min, int max) {
    if (!node.isString()) {
      complain("must be a string");
      return;
    }
    int length = node.stringValue().length();
    if (length < min) {
      complain("must be more than " + (min - 1) + " characters");
    }
    if (length > max) {
      complain("must be less than " + (max + 1) + " characters");
    }
  }

  void oneOf(Set<String> values) {
    if (!node.isString() || !values.contains(node.stringValue())) {
      complain("must be one of " + String.join(", ", values.stream().sorted().toList()));
    }
  }

  void bool() {
    if (!node.isBoolean()) {
      complain("must be a boolean");
    }
  }

  void integer(int min, int max) {
    if (!node.isInt() || node.intValue() < min || node.intValue() > max) {
      complain("must be an integer from " + min + " to " + max);
    }
  }

  void url() {
    string(1, 3000);
    String url = node.asString("");
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      complain("invalid url");
    }
  }
}
