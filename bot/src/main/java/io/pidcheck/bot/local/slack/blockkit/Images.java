package io.pidcheck.bot.local.slack.blockkit;

import java.util.Set;
import java.util.function.Predicate;

/** Pictures by URL or by uploaded file, as a block and as an element. */
final class Images {

  private final Predicate<String> isFile;

  /**
   * @param isFile whether a file of that id was uploaded and shared
   */
  Images(Predicate<String> isFile) {
    this.isFile = isFile;
  }

  /** https://docs.slack.dev/reference/block-kit/blocks/image-block */
  void block(Spot image) {
    Set<String> optional = Set.of("block_id", "title", "image_url", "slack_file");
    if (image.isObject(Set.of("type", "alt_text"), optional)) {
      image.ifPresent("title", title -> Texts.plain(title, 2000));
      picture(image);
    }
  }

  /** https://docs.slack.dev/reference/block-kit/block-elements/image-element */
  void element(Spot image) {
    if (image.isObject(Set.of("type", "alt_text"), Set.of("image_url", "slack_file"))) {
      picture(image);
    }
  }

  private void picture(Spot image) {
    image.at("alt_text").string(1, 2000);
    if (image.has("image_url") == image.has("slack_file")) {
      image.complain("must define either image_url or slack_file");
    }
    image.ifPresent("image_url", Spot::url);
    image.ifPresent("slack_file", this::file);
  }

  private void file(Spot file) {
    if (!file.isObject(Set.of(), Set.of("id", "url"))) {
      return;
    }
    if (file.has("id") == file.has("url")) {
      file.complain("must define either id or url");
      return;
    }
    String id = file.has("id") ? file.node().path("id").asString("") : idIn(file);
    if (!isFile.test(id)) {
      file.complain("invalid slack file");
    }
  }

  // .../files/{id}/{name}
  private static String idIn(Spot file) {
    String[] parts = file.node().path("url").asString("").split("/", -1);
    return parts.length < 2 ? "" : parts[parts.length - 2];
  }
}
