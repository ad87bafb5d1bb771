package io.pidcheck.probe.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminationMessageTest {

  @Test
  void isTheWholeReportWhenThatFits() {
    NodeReport report = Reports.full("small");

    assertThat(TerminationMessage.of(report)).isEqualTo(ReportJson.of(report));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\"", "服", "🙂", "\u0001"})
  void fitsWhateverTheTextIs(String character) {
    for (int length = 1; length <= 512; length *= 2) {
      NodeReport report = times(Reports.full(character.repeat(length)), 60);

      byte[] message = TerminationMessage.of(report);
      assertThat(message.length).isLessThanOrEqualTo(TerminationMessage.MAX_BYTES);
      NodeReport read = Reports.read(message);
      assertThat(read.complete()).isFalse();
      assertThat(read.use()).isEqualTo(report.use());
      assertThat(read.limits()).isEqualTo(report.limits());
      assertThat(read.later()).isEqualTo(report.later());
    }
  }

  @Test
  void keepsTheFirstOfEveryListAndUsesTheRoomThereIs() {
    NodeReport report = times(Reports.full("a text of usual length, as it is"), 60);

    byte[] message = TerminationMessage.of(report);
    NodeReport read = Reports.read(message);
    assertThat(message.length).isGreaterThan(TerminationMessage.MAX_BYTES * 3 / 4);
    assertThat(read.processes()).isNotEmpty();
    assertThat(read.processes().get(0).pid()).isEqualTo(report.processes().get(0).pid());
    assertThat(read.cgroups()).isNotEmpty();
    assertThat(read.owners()).isNotEmpty();
    assertThat(read.threadNames()).isNotEmpty();
  }

  @Test
  void countsTheThreadNamesThatItLeavesOut() {
    NodeReport read = Reports.read(TerminationMessage.of(times(Reports.full("name"), 60)));

    for (ThreadNames names : read.threadNames()) {
      long listed = names.names().stream().mapToLong(ThreadNames.Name::threads).sum();
      assertThat(listed + names.otherThreads()).isEqualTo(names.counted());
    }
  }

  private static NodeReport times(NodeReport report, int n) {
    return new NodeReport(
        report.version(),
        report.complete(),
        report.node(),
        report.limits(),
        report.use(),
        report.memory(),
        times(report.processes(), n),
        times(report.cgroups(), n),
        times(report.owners(), n),
        times(report.commands(), n),
        times(report.threadNames(), n),
        times(report.zombieParents(), n),
        times(report.missing(), n),
        report.later());
  }

  private static <T> List<T> times(List<T> list, int n) {
    return Collections.nCopies(n, list.get(0));
  }
}
