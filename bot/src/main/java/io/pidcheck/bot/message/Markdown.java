package io.pidcheck.bot.message;

import com.slack.api.model.block.element.RichTextElement;
import com.slack.api.model.block.element.RichTextSectionElement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Markdown document (CommonMark, with the tables of GitHub) under construction. Foreign text is
 * escaped, or stands in code whose fence is longer than any run of backticks in it.
 */
final class Markdown {

  // CommonMark 2.4: a backslash takes an ASCII punctuation's meaning away. Also what GitHub makes
  // links and mentions of: www., ://, @
  private static final Pattern MEANINGFUL =
      Pattern.compile(
          "[\\\\`*\\[\\]<>|~&@]|(?<!\\p{Alnum})_|_(?!\\p{Alnum})|(?<=[wW]{3})\\.|:(?=//)");
  private static final Pattern AT_LINE_START =
      Pattern.compile("(?m)^(\\s*)([#+=-]|\\d{1,9}(?=[.)]))");
  private static final Pattern BACKTICKS = Pattern.compile("`+");
  private static final String FENCE = "`";
  private static final int SHORTEST_FENCE = 3;

  private final StringBuilder text = new StringBuilder();

  Markdown heading(int level, String words) {
    return paragraph("#".repeat(level) + " " + escaped(words));
  }

  Markdown say(Rich rich) {
    return paragraph(inline(rich));
  }

  Markdown bullets(List<Rich> items) {
    return items(items.stream().map(item -> "- " + indented(inline(item), 2)).toList());
  }

  Markdown numbered(List<Rich> items) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      lines.add((i + 1) + ". " + indented(inline(items.get(i)), 3));
    }
    return items(lines);
  }

  private Markdown items(List<String> lines) {
    return lines.isEmpty() ? this : paragraph(String.join("\n", lines));
  }

  /** Lines as they are, of which none can end the block. */
  Markdown code(String language, List<String> lines) {
    String content = String.join("\n", lines);
    String fence = FENCE.repeat(Math.max(SHORTEST_FENCE, longestRun(content) + 1));
    return paragraph(fence + language + "\n" + content + "\n" + fence);
  }

  /** A table's cell that is shown as it is. GFM: a | ends a cell also within code. */
  static String cell(String foreign) {
    return foreign.isEmpty() ? "" : inlineCode(foreign).replace("|", "\\|");
  }

  /**
   * @param rows of {@link #escaped} text or {@link #cell}
   */
  Markdown table(List<String> head, List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(row(head));
    lines.add("|" + " --- |".repeat(head.size()));
    rows.forEach(cells -> lines.add(row(cells)));
    return paragraph(String.join("\n", lines));
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }

  private Markdown paragraph(String words) {
    if (!words.isBlank()) {
      text.append(text.isEmpty() ? "" : "\n").append(words).append('\n');
    }
    return this;
  }

  String text() {
    return text.toString();
  }

  static String escaped(String words) {
    return MEANINGFUL.matcher(words).replaceAll(found -> "\\\\\\" + found.group());
  }

  private static String inline(Rich rich) {
    String words = rich.line().stream().map(Markdown::inline).collect(Collectors.joining()).strip();
    return AT_LINE_START
        .matcher(words)
        .replaceAll(
            found ->
                Character.isDigit(found.group(2).charAt(0))
                    ? found.group(1) + found.group(2) + "\\\\"
                    : found.group(1) + "\\\\" + found.group(2));
  }

  private static String inline(RichTextElement element) {
    return switch (element) {
      case RichTextSectionElement.Text part -> styled(part);
      case RichTextSectionElement.User user -> escaped("@" + user.getUserId());
      default -> ""; // an emoji: decoration
    };
  }

  private static String styled(RichTextSectionElement.Text part) {
    String words = part.getText();
    RichTextSectionElement.TextStyle style = part.getStyle();
    if (style != null && style.isCode()) {
      return inlineCode(words);
    }
    String shown = escaped(words).replace("\n", "  \n");
    return style != null && style.isBold() && !words.isBlank() ? "**" + shown + "**" : shown;
  }

  // CommonMark 6.1: a code span ends at a run of as many backticks as began it
  private static String inlineCode(String words) {
    String fence = FENCE.repeat(longestRun(words) + 1);
    String room = words.startsWith(FENCE) || words.endsWith(FENCE) ? " " : "";
    return fence + room + words.replace('\n', ' ') + room + fence;
  }

  private static int longestRun(String words) {
    return BACKTICKS.matcher(words).results().mapToInt(run -> run.group().length()).max().orElse(0);
  }

  private static String indented(String words, int by) {
    return words.replace("\n", "\n" + " ".repeat(by));
  }
}
