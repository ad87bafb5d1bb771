package io.pidcheck.bot.local.cluster.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerLogTest {

  @Test
  void keepsTheLatestWhenItIsFull() {
    ContainerLog log = new ContainerLog();
    byte[] megabyte = new byte[1024 * 1024];
    for (int i = 0; i < 11; i++) {
      megabyte[0] = (byte) i;
      log.write(megabyte, megabyte.length);
    }

    assertThat(log.bytes()).hasSize(10 * 1024 * 1024).startsWith(1);
  }

  @ParameterizedTest
  @CsvSource({
    "2, '', b|c|",
    "1, '', c|",
    "9, '', a|b|c|",
    "0, '', ''",
    "2, 3, b|c",
    "'', 1, a",
    "'', 99, a|b|c|"
  })
  void cutsTailThenHead(String lines, String bytes, String expected) {
    LogWindow window = new LogWindow(number(lines), number(bytes));

    assertThat(new String(window.of("a\nb\nc\n".getBytes(UTF_8)), UTF_8).replace('\n', '|'))
        .isEqualTo(expected);
  }

  @Test
  void countsALastLineWithoutItsNewline() {
    LogWindow window = new LogWindow(Optional.of(1), Optional.empty());

    assertThat(new String(window.of("a\nb".getBytes(UTF_8)), UTF_8)).isEqualTo("b");
  }

  private static Optional<Integer> number(String text) {
    return Optional.of(text).filter(given -> !given.isEmpty()).map(Integer::valueOf);
  }
}
