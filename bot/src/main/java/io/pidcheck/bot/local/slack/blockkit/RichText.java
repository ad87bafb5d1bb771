package io.pidcheck.bot.local.slack.blockkit;

import java.util.Set;

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
final class RichText {

  private static final int MAX_ITEMS = 10_000;
  private static final Set<String> STYLES =
      Set.of(
          "bold",
          "italic",
          "strike",
          "code",
          "underline",
          "highlight",
          "client_highlight",
          "unlink");

  private RichText() {}

  static void block(Spot block) {
    if (block.isObject(Set.of("type", "elements"), Set.of("block_id"))) {
      block.at("elements").items(0, MAX_ITEMS, RichText::container);
    }
  }

  private static void container(Spot container) {
    switch (container.type()) {
      case "rich_text_section" -> container(container, Set.of());
      case "rich_text_quote" -> container(container, Set.of("border"));
      case "rich_text_preformatted" -> container(container, Set.of("border", "language"));
      case "rich_text_list" -> list(container);
      default -> container.complain("unsupported type: " + container.type());
    }
  }

  private static void container(Spot container, Set<String> optional) {
    if (container.isObject(Set.of("type", "elements"), optional)) {
      container.ifPresent("border", border -> border.integer(0, 1));
      container.at("elements").items(0, MAX_ITEMS, RichText::element);
    }
  }

  private static void list(Spot list) {
    if (list.isObject(Set.of("type", "style", "elements"), Set.of("indent", "offset", "border"))) {
      list.at("style").oneOf(Set.of("bullet", "ordered"));
      list.ifPresent("indent", indent -> indent.integer(0, 8));
      list.ifPresent("offset", offset -> offset.integer(0, Integer.MAX_VALUE));
      list.ifPresent("border", border -> border.integer(0, 1));
      list.at("elements")
          .items(
              0,
              MAX_ITEMS,
              section -> {
                if (!section.type().equals("rich_text_section")) {
                  section.complain("unsupported type: " + section.type());
                  return;
                }
                container(section, Set.of());
              });
    }
  }

  private static void element(Spot element) {
    switch (element.type()) {
      case "text" -> {
        if (element.isObject(Set.of("type", "text"), Set.of("style"))) {
          element.at("text").string(1, Integer.MAX_VALUE - 1);
        }
      }
      case "link" -> {
        if (element.isObject(Set.of("type", "url"), Set.of("text", "unsafe", "style"))) {
          element.at("url").string(1, 3000);
        }
      }
      case "emoji" -> leaf(element, "name", Set.of("unicode", "skin_tone", "style"));
      case "user" -> leaf(element, "user_id", Set.of("style"));
      case "usergroup" -> leaf(element, "usergroup_id", Set.of("style"));
      case "channel" -> leaf(element, "channel_id", Set.of("style"));
      case "color" -> leaf(element, "value", Set.of("style"));
      case "broadcast" -> {
        leaf(element, "range", Set.of("style"));
        element.at("range").oneOf(Set.of("here", "channel", "everyone"));
      }
      case "date" -> date(element);
      default -> element.complain("unsupported type: " + element.type());
    }
    element.ifPresent("style", RichText::style);
  }

  private static void date(Spot date) {
    Set<String> optional = Set.of("url", "fallback", "style");
    if (date.isObject(Set.of("type", "timestamp", "format"), optional)) {
      date.at("timestamp").integer(0, Integer.MAX_VALUE);
      date.at("format").string(1, 3000);
    }
  }

  private static void leaf(Spot element, String field, Set<String> optional) {
    if (element.isObject(Set.of("type", field), optional)) {
      element.at(field).string(1, 255);
    }
  }

  private static void style(Spot style) {
    if (style.isObject(Set.of(), STYLES)) {
      style.node().propertyNames().forEach(name -> style.at(name).bool());
    }
  }
}
