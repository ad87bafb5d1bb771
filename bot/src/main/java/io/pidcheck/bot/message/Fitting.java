package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.RichTextBlock;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.RichTextElement;
import com.slack.api.model.block.element.RichTextListElement;
import com.slack.api.model.block.element.RichTextSectionElement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Blocks in order, of which those that are needed least are left out where Slack takes no more. */
final class Fitting {

  // Slack answers msg_blocks_too_long above about 13,200 characters over all blocks.
  private static final int MOST = 12_500;

  /** How much a block is missed, the least first. */
  enum Need {
    GOOD_TO_KNOW,
    USEFUL,
    NEEDED,
    ALWAYS
  }

  private record Part(Need need, LayoutBlock block) {}

  private final List<Part> parts = new ArrayList<>();

  Fitting always(LayoutBlock block) {
    parts.add(new Part(Need.ALWAYS, block));
    return this;
  }

  Fitting unless(Need need, LayoutBlock block) {
    parts.add(new Part(need, block));
    return this;
  }

  Fitting unless(Need need, Optional<LayoutBlock> block) {
    block.ifPresent(present -> parts.add(new Part(need, present)));
    return this;
  }

  /**
   * @param cut said at the end where something was left out
   */
  List<LayoutBlock> blocks(LayoutBlock cut) {
    List<Part> left = new ArrayList<>(parts);
    boolean shortened = false;
    while (size(left) > MOST) {
      Optional<Part> least =
          left.reversed().stream()
              .filter(part -> part.need() != Need.ALWAYS)
              .min(Comparator.comparing(Part::need));
      if (least.isEmpty()) {
        break;
      }
      left.remove(least.get());
      shortened = true;
    }
    List<LayoutBlock> blocks = new ArrayList<>(left.stream().map(Part::block).toList());
    if (shortened) {
      blocks.add(cut);
    }
    return blocks;
  }

  /** What Slack counts of these, near enough. */
  static int characters(List<? extends LayoutBlock> blocks) {
    return blocks.stream().mapToInt(Fitting::size).sum();
  }

  private static int size(List<Part> parts) {
    return parts.stream().mapToInt(part -> size(part.block())).sum();
  }

  private static int size(LayoutBlock block) {
    return block instanceof RichTextBlock rich
        ? rich.getElements().stream().mapToInt(Fitting::size).sum()
        : 0;
  }

  private static int size(BlockElement element) {
    return switch (element) {
      case RichTextSectionElement section -> inside(section.getElements());
      case RichTextListElement list -> inside(list.getElements());
      default -> 0;
    };
  }

  private static int inside(List<RichTextElement> elements) {
    return elements.stream().mapToInt(Fitting::characters).sum();
  }

  private static int characters(RichTextElement element) {
    return switch (element) {
      case RichTextSectionElement section -> inside(section.getElements());
      case RichTextSectionElement.Text text -> text.getText().length();
      default -> 0;
    };
  }
}
