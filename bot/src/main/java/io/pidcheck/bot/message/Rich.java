package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.RichTextBlock;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.RichTextElement;
import com.slack.api.model.block.element.RichTextListElement;
import com.slack.api.model.block.element.RichTextPreformattedElement;
import com.slack.api.model.block.element.RichTextSectionElement;
import com.slack.api.model.block.element.RichTextSectionElement.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rich_text block under construction. Slack interprets nothing in a rich_text text element: no
 * mrkdwn, no mention, no link; so foreign text is safe here and only here.
 */
final class Rich {

  private static final Pattern MARK = Pattern.compile("\\*\\*(.+?)\\*\\*|`(.+?)`");

  private final List<BlockElement> parts = new ArrayList<>();
  private final List<RichTextElement> line = new ArrayList<>();

  /**
   * A text of ours with **bold** and `code` in it. The arguments are put in after the marks have
   * been read, so foreign text among them stays text.
   */
  Rich say(Texts texts, String key, Object... arguments) {
    return say(texts.pattern(key), pattern -> texts.format(pattern, arguments));
  }

  private Rich say(String pattern, UnaryOperator<String> format) {
    Matcher mark = MARK.matcher(pattern);
    int at = 0;
    while (mark.find()) {
      plain(format.apply(pattern.substring(at, mark.start())));
      if (mark.group(1) != null) {
        bold(format.apply(mark.group(1)));
      } else {
        code(format.apply(mark.group(2)));
      }
      at = mark.end();
    }
    return plain(format.apply(pattern.substring(at)));
  }

  Rich plain(String text) {
    return add(RichTextSectionElement.Text.builder().text(text).build());
  }

  Rich bold(String text) {
    return add(styled(text, TextStyle.builder().bold(true).build()));
  }

  Rich code(String text) {
    return add(styled(text, TextStyle.builder().code(true).build()));
  }

  /** Somebody's mention; where nobody asked, the bot itself. */
  Rich user(String id) {
    if (id.isEmpty()) {
      return emoji("robot_face");
    }
    line.add(RichTextSectionElement.User.builder().userId(id).build());
    return this;
  }

  /** A mention of a user group, which calls its members. */
  Rich userGroup(String id) {
    line.add(RichTextSectionElement.UserGroup.builder().usergroupId(id).build());
    return this;
  }

  /** A link to a channel. */
  Rich channel(String id) {
    line.add(RichTextSectionElement.Channel.builder().channelId(id).build());
    return this;
  }

  /** Lines in a fixed pitch, as they are. */
  Rich preformatted(String text) {
    endSection();
    parts.add(
        RichTextPreformattedElement.builder()
            .elements(List.of(RichTextSectionElement.Text.builder().text(text).build()))
            .build());
    return this;
  }

  Rich emoji(String name) {
    line.add(RichTextSectionElement.Emoji.builder().name(name).build());
    return this;
  }

  Rich newLine() {
    return plain("\n");
  }

  /** What another has in its open section, after what is here. */
  Rich and(Rich other) {
    line.addAll(other.line);
    return this;
  }

  /** A bulleted list; each item is what a {@link Rich} has in its open section. */
  Rich list(List<Rich> items) {
    return list("bullet", items);
  }

  /** A list whose items are numbered from 1. */
  Rich numbered(List<Rich> items) {
    return list("ordered", items);
  }

  private Rich list(String style, List<Rich> items) {
    endSection();
    if (!items.isEmpty()) {
      List<RichTextElement> sections = new ArrayList<>();
      for (Rich item : items) {
        sections.add(RichTextSectionElement.builder().elements(List.copyOf(item.line)).build());
      }
      parts.add(RichTextListElement.builder().style(style).elements(sections).build());
    }
    return this;
  }

  /** What is in the open section. */
  List<RichTextElement> line() {
    return List.copyOf(line);
  }

  LayoutBlock block() {
    endSection();
    return RichTextBlock.builder().elements(List.copyOf(parts)).build();
  }

  private void endSection() {
    if (!line.isEmpty()) {
      parts.add(RichTextSectionElement.builder().elements(List.copyOf(line)).build());
      line.clear();
    }
  }

  private static RichTextSectionElement.Text styled(String text, TextStyle style) {
    return RichTextSectionElement.Text.builder().text(text).style(style).build();
  }

  // Slack refuses a text element of no characters.
  private Rich add(RichTextSectionElement.Text text) {
    if (!text.getText().isEmpty()) {
      line.add(text);
    }
    return this;
  }
}
