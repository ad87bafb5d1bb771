package io.pidcheck.probe.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineTest {

  /** In the table ␀ stands between arguments. */
  private static final Path TABLE = Path.of("src/test/resources/masking/command-lines.txt");

  static List<Arguments> table() throws IOException {
    List<Arguments> rows = new ArrayList<>();
    String given = "";
    for (String line : Files.readAllLines(TABLE)) {
      if (line.startsWith("> ")) {
        given = line.substring(2);
      } else if (line.startsWith("< ")) {
        rows.add(Arguments.of(given, line.substring(2)));
      } else if (line.startsWith("=")) {
        rows.add(Arguments.of(line.substring(2), line.substring(2).replace('␀', ' ')));
      }
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("table")
  void masksSecretsAndNothingElse(String given, String expected) {
    assertThat(of(given.replace('␀', '\0') + (given.indexOf('␀') < 0 ? "" : "\0")))
        .isEqualTo(expected);
  }

  @Test
  void looksAtWhatIsShownNotAtWhatIsHidden() {
    assertThat(of("app\0--pass\u200Bword=hunter2\0")).isEqualTo("app --password=***");
    assertThat(of("app\0--password\nhunter2\0")).isEqualTo("app --password ***");
  }

  @Test
  void readsADashThatStandsAlone() {
    assertThat(of("tar\0-xf\0-\0-C\0/srv\0")).isEqualTo("tar -xf - -C /srv");
    assertThat(of("sh\0-s\0-\0deploy\0")).isEqualTo("sh -s - deploy");
    assertThat(of("mysql\0-\0x\0")).isEqualTo("mysql - x");
  }

  @Test
  void failsAtNoShortText() {
    String letters = "-p=:/@'\" \0\\";
    List<String> texts = List.of("");
    for (int length = 1; length <= 5; length++) {
      texts =
          texts.stream()
              .flatMap(text -> letters.chars().mapToObj(letter -> text + (char) letter))
              .toList();
      assertThat(texts).allSatisfy(text -> assertThat(of("mysql\0" + text)).startsWith("mysql"));
    }
  }

  @Test
  void masksBeforeItCuts() {
    String secret = "s3cret".repeat(200);

    assertThat(of("app\0--token=" + secret + "\0--then=this\0"))
        .isEqualTo("app --token=*** --then=this");
    assertThat(of("x".repeat(500) + "\0--password=hunter2\0"))
        .hasSize(CommandLine.MAX_LENGTH)
        .endsWith(" --password…");
    assertThat(of("x".repeat(495) + "\0https://user:hunter2@host/\0"))
        .hasSize(CommandLine.MAX_LENGTH)
        .doesNotContain("hunter");
  }

  @Test
  void boundsHundredsOfKilobytes() {
    byte[] bytes = ("app\0" + "word ".repeat(20_000) + "\0").getBytes(StandardCharsets.UTF_8);

    String shown = CommandLine.of(bytes, bytes.length, false);
    assertThat(shown).hasSize(CommandLine.MAX_LENGTH).startsWith("app word").endsWith("…");
  }

  @Test
  void showsNoWordWhoseEndWasNotRead() {
    assertThat(cut("app\0first\0https://user:hunter")).isEqualTo("app first …");
    assertThat(cut("app\0--password=hunter")).isEqualTo("app …");
    assertThat(cut("x".repeat(20_000))).isEqualTo("…");
  }

  @Test
  void isEmptyWhereThereIsNone() {
    assertThat(of("")).isEmpty();
    assertThat(of("\0\0\0")).isEmpty();
  }

  private static String of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return CommandLine.of(bytes, bytes.length, false);
  }

  private static String cut(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return CommandLine.of(bytes, bytes.length, true);
  }
}
