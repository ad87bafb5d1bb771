package io.pidcheck.bot.local.slack.blockkit;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Each kind of block: https://docs.slack.dev/reference/block-kit/blocks */
final class Blocks {

  private final Surface surface;
  private final Images images;
  private final Elements elements;

  Blocks(Surface surface, Predicate<String> isFile) {
    this.surface = surface;
    this.images = new Images(isFile);
    this.elements = new Elements(images);
  }

  void check(Spot blocks) {
    blocks.items(0, surface.maxBlocks(), this::block);
    Set<String> ids = new HashSet<>();
    for (JsonNode block : blocks.node()) {
      String id = block.path("block_id").asString("");
      if (!id.isEmpty() && !ids.add(id)) {
        blocks.complain("block_id \"" + id + "\" already exists");
      }
    }
  }

  private void block(Spot block) {
    switch (block.type()) {
      case "section" -> section(block);
      case "header" -> {
        if (block.isObject(Set.of("type", "text"), Set.of("block_id", "level"))) {
          Texts.plain(block.at("text"), 150);
        }
      }
      case "divider" -> block.isObject(Set.of("type"), Set.of("block_id"));
      case "context" -> context(block);
      case "actions" -> actions(block);
      case "image" -> images.block(block);
      case "input" -> input(block);
      case "rich_text" -> RichText.block(block);
      case "markdown" -> markdown(block);
      case "table" -> Tables.block(block);
      default -> block.complain("unsupported type: " + block.type());
    }
    block.ifPresent("block_id", id -> id.string(1, 255));
  }

  private void section(Spot section) {
    Set<String> optional = Set.of("block_id", "text", "fields", "accessory", "expand");
    if (!section.isObject(Set.of("type"), optional)) {
      return;
    }
    if (!section.has("text") && !section.has("fields")) {
      section.complain("must define either text or fields");
    }
    section.ifPresent("text", text -> Texts.any(text, 3000));
    section.ifPresent("fields", fields -> fields.items(1, 10, field -> Texts.any(field, 2000)));
    section.ifPresent("accessory", elements.oneOf(Elements.IN_SECTION));
    section.ifPresent("expand", Spot::bool);
  }

  private void context(Spot context) {
    if (context.isObject(Set.of("type", "elements"), Set.of("block_id"))) {
      context.at("elements").items(1, 10, this::contextElement);
    }
  }

  private void contextElement(Spot element) {
    if (element.type().equals("image")) {
      images.element(element);
      return;
    }
    Texts.any(element, 2000);
  }

  private void actions(Spot actions) {
    if (actions.isObject(Set.of("type", "elements"), Set.of("block_id"))) {
      actions.at("elements").items(1, 25, elements.oneOf(Elements.IN_ACTIONS));
      distinctActionIds(actions);
    }
  }

  // "Each action_id should be unique among all other action_ids in the containing block"
  private static void distinctActionIds(Spot actions) {
    Set<String> ids = new HashSet<>();
    for (JsonNode element : actions.node().path("elements")) {
      String id = element.path("action_id").asString("");
      if (!id.isEmpty() && !ids.add(id)) {
        actions.complain("action_id \"" + id + "\" already exists");
      }
    }
  }

  private void input(Spot input) {
    Set<String> optional = Set.of("block_id", "hint", "optional", "dispatch_action");
    if (input.isObject(Set.of("type", "label", "element"), optional)) {
      Texts.plain(input.at("label"), 2000);
      input.ifPresent("hint", hint -> Texts.plain(hint, 2000));
      input.ifPresent("optional", Spot::bool);
      input.ifPresent("dispatch_action", Spot::bool);
      elements.oneOf(Elements.IN_INPUT).accept(input.at("element"));
    }
  }

  private void markdown(Spot markdown) {
    if (surface != Surface.MESSAGE) {
      markdown.complain("unsupported type: markdown");
      return;
    }
    if (markdown.isObject(Set.of("type", "text"), Set.of("block_id"))) {
      markdown.at("text").string(1, 12_000);
    }
  }
}
