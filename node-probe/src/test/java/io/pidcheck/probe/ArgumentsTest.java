package io.pidcheck.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

  @Test
  void takesItsDefaultsFromTheEnvironment() {
    Arguments arguments =
        Arguments.parse(
            new String[] {"inspect"},
            Map.of("NODE_NAME", "worker-1", "PIDCHECK_TERMINATION_LOG", "/tmp/log"));

    assertThat(arguments)
        .isEqualTo(
            new Arguments.Inspect(
                Path.of("/proc"),
                Path.of("/sys/fs/cgroup"),
                Optional.of("worker-1"),
                20,
                Duration.ofMillis(250),
                Optional.of(Path.of("/tmp/log"))));
  }

  @Test
  void optionsWinOverTheEnvironment() {
    Arguments arguments =
        Arguments.parse(
            new String[] {
              "inspect",
              "--node=b",
              "--top=5",
              "--proc=/p",
              "--cgroup=/c",
              "--termination-log=/t",
              "--second-count-after=2s"
            },
            Map.of("NODE_NAME", "a", "PIDCHECK_TERMINATION_LOG", "/x"));

    assertThat(arguments)
        .isEqualTo(
            new Arguments.Inspect(
                Path.of("/p"),
                Path.of("/c"),
                Optional.of("b"),
                5,
                Duration.ofSeconds(2),
                Optional.of(Path.of("/t"))));
  }

  @ParameterizedTest
  @CsvSource({
    "'', usage",
    "kill, usage",
    "inspect --frob=1, unknown argument",
    "inspect extra, unknown argument",
    "inspect --node, --node needs a value",
    "inspect --top=, --top needs a value",
    "inspect --top=many, --top is no number",
    "inspect --second-count-after=, --second-count-after needs a value",
    "inspect --second-count-after=1, --second-count-after must be from 0ms to 10s",
    "inspect --second-count-after=s, --second-count-after must be from 0ms to 10s",
    "inspect --second-count-after=-1s, --second-count-after must be from 0ms to 10s",
    "inspect --second-count-after=11s, --second-count-after must be from 0ms to 10s",
    "inspect --second-count-after=99999999999s, --second-count-after must be from 0ms to 10s",
    "inspect --top=0, --top must be from 1 to 1000",
    "inspect --top=1001, --top must be from 1 to 1000",
  })
  void refusesInOneLine(String line, String why) {
    Arguments arguments =
        Arguments.parse(line.isEmpty() ? new String[0] : line.split(" "), Map.of());

    assertThat(arguments).isInstanceOf(Arguments.Refused.class);
    assertThat(((Arguments.Refused) arguments).why()).contains(why).doesNotContain("\n");
  }

  @Test
  void refusesANodeNameThatNoNodeCanHave() {
    String name = "n".repeat(10_000);

    assertThat(Arguments.parse(new String[] {"inspect", "--node=" + name}, Map.of()))
        .isEqualTo(new Arguments.Refused("the node's name is longer than 253 characters"));
  }
}
