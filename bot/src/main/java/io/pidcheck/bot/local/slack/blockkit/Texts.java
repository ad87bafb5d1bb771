package io.pidcheck.bot.local.slack.blockkit;

import java.util.Set;

/**
 * Text, option and confirmation objects:
 * https://docs.slack.dev/reference/block-kit/composition-objects
 */
final class Texts {

  private static final Set<String> MARKDOWN_FIELDS = Set.of("verbatim");
  private static final Set<String> PLAIN_FIELDS = Set.of("emoji");

  private Texts() {}

  static void plain(Spot text, int max) {
    if (!text.type().equals("plain_text")) {
      text.complain("must be a plain_text object");
      return;
    }
    any(text, max);
  }

  /** A plain_text or mrkdwn object. */
  static void any(Spot text, int max) {
    Set<String> optional =
        switch (text.type()) {
          case "plain_text" -> PLAIN_FIELDS;
          case "mrkdwn" -> MARKDOWN_FIELDS;
          default -> Set.of();
        };
    if (optional.isEmpty()) {
      text.complain("must be a plain_text or mrkdwn object");
      return;
    }
    if (text.isObject(Set.of("type", "text"), optional)) {
      text.at("text").string(1, max);
      optional.forEach(field -> text.ifPresent(field, Spot::bool));
    }
  }

  static void confirm(Spot confirm) {
    if (confirm.isObject(Set.of("title", "text", "confirm", "deny"), Set.of("style"))) {
      plain(confirm.at("title"), 100);
      any(confirm.at("text"), 300);
      plain(confirm.at("confirm"), 30);
      plain(confirm.at("deny"), 30);
      confirm.ifPresent("style", Texts::style);
    }
  }

  static void style(Spot style) {
    style.oneOf(Set.of("primary", "danger"));
  }

  /** An option of a menu. */
  static void option(Spot option) {
    option(option, Set.of("description"));
  }

  /** An option of an overflow menu, which may lead to a URL. */
  static void overflowOption(Spot option) {
    option(option, Set.of("description", "url"));
  }

  private static void option(Spot option, Set<String> optional) {
    if (option.isObject(Set.of("text", "value"), optional)) {
      plain(option.at("text"), 75);
      option.at("value").string(1, 150);
      option.ifPresent("description", text -> plain(text, 75));
      option.ifPresent("url", Spot::url);
    }
  }

  /** An option of checkboxes or radio buttons, where mrkdwn is allowed. */
  static void choice(Spot option) {
    if (option.isObject(Set.of("text", "value"), Set.of("description"))) {
      any(option.at("text"), 75);
      option.at("value").string(1, 150);
      option.ifPresent("description", text -> any(text, 75));
    }
  }

  static void optionGroup(Spot group) {
    if (group.isObject(Set.of("label", "options"), Set.of())) {
      plain(group.at("label"), 75);
      group.at("options").items(1, 100, Texts::option);
    }
  }
}
