package io.pidcheck.bot.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTest {

  @Test
  void fencesCodeLongerThanAnyRunWithin() {
    assertThat(new Markdown().code("", List.of("```", "# not a heading", "````x")).text())
        .isEqualTo("`````\n```\n# not a heading\n````x\n`````\n");
  }

  @Test
  void takesTheMeaningOfForeignPunctuation() {
    assertThat(Markdown.escaped("<b>*x*</b> [a](b) |"))
        .isEqualTo("\\<b\\>\\*x\\*\\</b\\> \\[a\\](b) \\|");
    assertThat(Markdown.escaped("https://x www.x.y @all _x_"))
        .isEqualTo("https\\://x www\\.x.y \\@all \\_x\\_");
  }

  @Test
  void leavesPlainWordsReadable() {
    assertThat(Markdown.escaped("kernel.pid_max: 31,635 (96.5%) k8s-worker02"))
        .isEqualTo("kernel.pid_max: 31,635 (96.5%) k8s-worker02");
  }

  @Test
  void letsNoLineBeginAListOrAHeading() {
    String text = new Markdown().say(new Rich().plain("# a\n- b\n1. c\n2) d\n=== e")).text();
    assertThat(text).isEqualTo("\\# a  \n\\- b  \n1\\. c  \n2\\) d  \n\\=== e\n");
  }

  @Test
  void keepsACellInItsColumn() {
    assertThat(Markdown.cell("a|b")).isEqualTo("`a\\|b`");
    assertThat(Markdown.cell("`x`")).isEqualTo("`` `x` ``");
  }

  @Test
  void keepsBoldAndCodeOfOurTexts() {
    Rich rich = new Rich().bold("Node").plain(" is ").code("a`b");
    assertThat(new Markdown().say(rich).text()).isEqualTo("**Node** is ``a`b``\n");
  }
}
