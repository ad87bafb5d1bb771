package io.pidcheck.bot.local.cluster.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Reads the selectors of a list, a watch or a deletion.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/">Labels
 *     and Selectors</a>
 */
final class SelectorParser {
  private static final Pattern COMPARISON = Pattern.compile("([^=!]+)(==|=|!=)(.*)");
  private static final Pattern MEMBERSHIP =
      Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]*");
  private static final Pattern COMMA_OUTSIDE_PARENTHESES = Pattern.compile(",(?![^(]*\\))");

  private final ResourceType type;

  SelectorParser(ResourceType type) {
    this.type = type;
  }

  /** Either what was asked for, or the 400 that says what is wrong with it. */
  sealed interface Parsed {
    record Ok(Selector selector) implements Parsed {}

    record Bad(String message) implements Parsed {}
  }

  Parsed parse(Optional<String> fieldSelector, Optional<String> labelSelector) {
    List<Predicate<JsonNode>> requirements = new ArrayList<>();
    for (String part : parts(fieldSelector)) {
      Matcher comparison = COMPARISON.matcher(part);
      if (!comparison.matches()) {
        return new Parsed.Bad("invalid selector: '%s'; can't understand it".formatted(part));
      }
      if (!type.isSelectable(comparison.group(1))) {
        return new Parsed.Bad("field label not supported: " + comparison.group(1));
      }
      requirements.add(field(comparison));
    }
    for (String part : parts(labelSelector)) {
      Optional<Predicate<JsonNode>> requirement = label(part);
      if (requirement.isEmpty()) {
        return new Parsed.Bad("unable to parse requirement: " + part);
      }
      requirements.add(requirement.get());
    }
    return new Parsed.Ok(new Selector(requirements));
  }

  private static List<String> parts(Optional<String> selector) {
    return selector.stream()
        .flatMap(COMMA_OUTSIDE_PARENTHESES::splitAsStream)
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static Predicate<JsonNode> field(Matcher comparison) {
    String[] path = comparison.group(1).split("\\.", -1);
    String wanted = comparison.group(3);
    boolean equal = !comparison.group(2).equals("!=");
    return object -> Json.text(object, path).equals(wanted) == equal;
  }

  private static Optional<Predicate<JsonNode>> label(String part) {
    Matcher membership = MEMBERSHIP.matcher(part);
    if (membership.matches()) {
      Set<String> values = Set.copyOf(List.of(membership.group(3).strip().split("\\s*,\\s*", -1)));
      boolean in = membership.group(2).equals("in");
      String key = membership.group(1);
      return Optional.of(object -> (has(object, key) && values.contains(value(object, key))) == in);
    }
    Matcher comparison = COMPARISON.matcher(part);
    if (comparison.matches()) {
      String key = comparison.group(1).strip();
      String wanted = comparison.group(3).strip();
      boolean equal = !comparison.group(2).equals("!=");
      return Optional.of(
          object -> (has(object, key) && value(object, key).equals(wanted)) == equal);
    }
    if (part.startsWith("!") && KEY.matcher(part.substring(1)).matches()) {
      return Optional.of(object -> !has(object, part.substring(1)));
    }
    return KEY.matcher(part).matches()
        ? Optional.of(object -> has(object, part))
        : Optional.empty();
  }

  private static boolean has(JsonNode object, String label) {
    return Json.at(object, "metadata", "labels").has(label);
  }

  private static String value(JsonNode object, String label) {
    return Json.text(object, "metadata", "labels", label);
  }
}
