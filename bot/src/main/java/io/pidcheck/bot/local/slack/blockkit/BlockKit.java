package io.pidcheck.bot.local.slack.blockkit;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Judges blocks and views as Slack does.
 *
 * <p>Knows the blocks and elements that messages and modals are made of; blocks for workflows,
 * calls, videos and remote files, which no message of this bot needs, are refused as unsupported.
 */
public final class BlockKit {

  /** Characters over all blocks of a message, beyond which Slack says msg_blocks_too_long. */
  static final int MAX_MESSAGE_CHARACTERS = 13_200;

  private final Predicate<String> isFile;

  /**
   * @param isFile whether a file of that id can be shown
   */
  public BlockKit(Predicate<String> isFile) {
    this.isFile = isFile;
  }

  /** What is wrong with the blocks of a message, in Slack's words; empty when they are right. */
  public List<String> problemsOfMessage(JsonNode blocks) {
    Spot root = Spot.root(blocks, "/blocks");
    new Blocks(Surface.MESSAGE, isFile).check(root);
    return root.problems();
  }

  public static boolean isTooLong(JsonNode blocks) {
    return characters(blocks) > MAX_MESSAGE_CHARACTERS;
  }

  /** What is wrong with a modal; https://docs.slack.dev/reference/views/modal-views */
  public List<String> problemsOfModal(JsonNode view) {
    Spot root = Spot.root(view, "/view");
    Set<String> optional =
        Set.of(
            "submit",
            "close",
            "private_metadata",
            "callback_id",
            "clear_on_close",
            "notify_on_close",
            "external_id",
            "submit_disabled");
    if (!root.isObject(Set.of("type", "title", "blocks"), optional)) {
      return root.problems();
    }
    root.at("type").oneOf(Set.of("modal"));
    Texts.plain(root.at("title"), 24);
    root.ifPresent("submit", text -> Texts.plain(text, 24));
    root.ifPresent("close", text -> Texts.plain(text, 24));
    root.ifPresent("private_metadata", text -> text.string(0, 3000));
    root.ifPresent("callback_id", text -> text.string(0, 255));
    root.ifPresent("external_id", text -> text.string(0, 255));
    new Blocks(Surface.MODAL, isFile).check(root.at("blocks"));
    if (hasInput(view) && !root.has("submit")) {
      root.complain("a submit button is required when an input block is in the view");
    }
    return root.problems();
  }

  private static boolean hasInput(JsonNode view) {
    return view.path("blocks")
        .valueStream()
        .anyMatch(b -> b.path("type").asString("").equals("input"));
  }

  private static long characters(JsonNode node) {
    if (node.isArray()) {
      return node.valueStream().mapToLong(BlockKit::characters).sum();
    }
    return node.propertyStream()
        .mapToLong(
            field ->
                field.getKey().equals("text") && field.getValue().isString()
                    ? field.getValue().stringValue().length()
                    : characters(field.getValue()))
        .sum();
  }
}
