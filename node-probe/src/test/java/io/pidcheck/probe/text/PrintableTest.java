package io.pidcheck.probe.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

  @Test
  void leavesOrdinaryTextAlone() {
    String text = "java -jar /opt/naïve/服务.jar --greeting='Grüße, мир' 🙂";

    assertThat(of(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 7, 9, 10, 13, 27, 0x7F, 0x85, 0x9B, 0xA0, 0x2003, 0x2028, 0x2029, 0x3000})
  void makesControlsAndEverySpaceOneSpace(int c) {
    assertThat(of("a" + Character.toString(c) + "b")).isEqualTo("a b");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0xAD, 0x34F, 0x61C, 0x115F, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202B,
        0x202C, 0x202D, 0x202E, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0x2800, 0x3164, 0xFE0F,
        0xFEFF, 0xFFA0, 0xE0001, 0xE0041, 0xE0100
      })
  void leavesOutWhatCannotBeSeenOrTurnsTheText(int c) {
    assertThat(of("a" + Character.toString(c) + "b")).isEqualTo("ab");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xE000, 0xF8FF, 0xFFFE, 0x10FFFF, 0x378})
  void replacesWhatHasNoMeaning(int c) {
    assertThat(of("a" + Character.toString(c) + "b")).isEqualTo("a\uFFFDb");
  }

  @Test
  void replacesWhatIsNoUtf8() {
    byte[] bytes = {'a', (byte) 0xFF, 'b', (byte) 0xC3, '(', (byte) 0xE2, (byte) 0x82};

    assertThat(Printable.of(bytes, 0, bytes.length)).isEqualTo("a\uFFFDb\uFFFD(\uFFFD");
  }

  @Test
  void replacesLoneSurrogates() {
    assertThat(Printable.of("a\uD83Db\uDE42")).isEqualTo("a\uFFFDb\uFFFD");
  }

  @Test
  void flattensTowersOfAccents() {
    assertThat(of("e\u0301\u0302\u0303\u0304\u0305x")).isEqualTo("e\u0301\u0302x");
  }

  @Test
  void cutsWithoutHalvingACharacter() {
    assertThat(Printable.cut("abcdef", 6)).isEqualTo("abcdef");
    assertThat(Printable.cut("abcdefg", 6)).isEqualTo("abcde…");
    assertThat(Printable.cut("abcd🙂🙂", 6)).isEqualTo("abcd…");
    assertThat(Printable.cut("abc", 0)).isEmpty();
  }

  private static String of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Printable.of(bytes, 0, bytes.length);
  }
}
