package io.pidcheck.bot.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextsTest {

  private static final ResourceBundle EN = bundle("en");
  private static final ResourceBundle ZH = bundle("zh");

  @Test
  void saysEverythingInBothLanguages() {
    assertThat(new TreeSet<>(ZH.keySet())).isEqualTo(new TreeSet<>(EN.keySet()));
  }

  @Test
  void saysNothingTwice() throws IOException {
    for (String language : List.of("en", "zh")) {
      Path file =
          Path.of(
              "src/main/resources/io/pidcheck/bot/message/messages_" + language + ".properties");
      List<String> keys =
          Files.readAllLines(file).stream()
              .filter(line -> line.matches("[A-Za-z].* = .*"))
              .map(line -> line.substring(0, line.indexOf(" = ")))
              .toList();
      assertThat(keys).as(file.toString()).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    }
  }

  @Test
  void usesTheSameArgumentsInBothLanguages() {
    for (String key : EN.keySet()) {
      assertThat(arguments(ZH.getString(key))).as(key).isEqualTo(arguments(EN.getString(key)));
    }
  }

  @Test
  void hasOnlyPatternsThatMessageFormatReads() {
    for (ResourceBundle bundle : List.of(EN, ZH)) {
      for (String key : bundle.keySet()) {
        String pattern = bundle.getString(key);
        assertThat(pattern)
            .as("%s: a straight ' is a quote to MessageFormat", key)
            .doesNotContain("'");
        new MessageFormat(pattern, Locale.ENGLISH);
        assertThat(count(pattern, "**") % 2).as(key).isZero();
        assertThat(count(pattern, "`") % 2).as(key).isZero();
      }
    }
  }

  @Test
  void speaksChineseToEveryChineseLocaleAndEnglishToAllOthers() {
    assertThat(Texts.in(Locale.forLanguageTag("zh-CN"))).isSameAs(Texts.in(Locale.CHINESE));
    assertThat(Texts.in(Locale.forLanguageTag("de-DE"))).isSameAs(Texts.in(Locale.ENGLISH));
    assertThat(Texts.in(Locale.CHINESE)).isNotSameAs(Texts.in(Locale.ENGLISH));
  }

  @Test
  void neverRoundsUpToFull() {
    assertThat(Texts.in(Locale.ENGLISH).percent(0.9999)).isEqualTo("99.9%");
    assertThat(Texts.in(Locale.ENGLISH).percent(31635 / 32768.0)).isEqualTo("96.5%");
  }

  @Test
  void writesBytesAsFreeDoes() {
    Texts texts = Texts.in(Locale.ENGLISH);
    assertThat(texts.bytes(0)).isEqualTo("0 B");
    assertThat(texts.bytes((long) (4.8 * (1L << 30)))).isEqualTo("4.8 GiB");
    assertThat(texts.bytes(62L << 30)).isEqualTo("62 GiB");
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static Set<String> arguments(String pattern) {
    return new TreeSet<>(
        Pattern.compile("\\{(\\d+)").matcher(pattern).results().map(TextsTest::number).toList());
  }

  private static String number(MatchResult result) {
    return result.group(1);
  }

  private static ResourceBundle bundle(String language) {
    return ResourceBundle.getBundle(
        "io.pidcheck.bot.message.messages",
        Locale.forLanguageTag(language),
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }
}
