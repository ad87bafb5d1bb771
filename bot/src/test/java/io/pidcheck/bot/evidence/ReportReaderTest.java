package io.pidcheck.bot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pidcheck.bot.evidence.ReportReader.NotAReport;
import io.pidcheck.probe.report.Limit;
import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.SecondCount;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportReaderTest {

  private static final String REPORT = incident();

  @Test
  void readsAReport() throws NotAReport {
    NodeReport report = ReportReader.read(REPORT, "k8s-worker02");
    assertThat(report.limits().pidMax()).isEqualTo(Limit.of(32768));
    assertThat(report.processes().getFirst().threads()).isEqualTo(21317);
    assertThat(report.processes().getFirst().nproc()).isEqualTo(Limit.UNLIMITED);
    assertThat(report.processes().get(2).nproc()).isEqualTo(Limit.UNKNOWN);
    assertThat(report.processes().get(2).podUid()).isEmpty();
  }

  @Test
  void readsAReportAmongTheWordsOfTheJvm() throws NotAReport {
    String warning =
        "[0.1s][warning][os,thread] Failed to start thread \"Unknown thread\" with pthread_create (EAGAIN)";
    assertThat(ReportReader.read(warning + "\n" + REPORT + "\n" + warning + "\n", "k8s-worker02"))
        .isEqualTo(ReportReader.read(REPORT, "k8s-worker02"));
  }

  @Test
  void doesNotMindWhatANewerProbeAdds() throws NotAReport {
    String newer = REPORT.replaceFirst("\\{", "{\"weather\": {\"sun\": [1]},");
    assertThat(ReportReader.read(newer, "k8s-worker02").version()).isEqualTo(1);
  }

  @Test
  void readsASecondCountAndDoesWithoutOne() throws NotAReport {
    String counted =
        REPORT.replaceFirst("\\{", "{\"later\": {\"threads\": 31700, \"afterMillis\": 250},");
    assertThat(ReportReader.read(counted, "k8s-worker02").later())
        .contains(new SecondCount(31_700, 250));
    assertThat(ReportReader.read(REPORT, "k8s-worker02").later()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "Segmentation fault",
        "{}",
        "[]",
        "null",
        "\"text\"",
        "{\"version\": 1}",
        "{\"version\": 1, \"node\": null}",
        "{\"version\": \"one\"}",
      })
  void refusesWhatIsNoReport(String text) {
    assertThatExceptionOfType(NotAReport.class)
        .isThrownBy(() -> ReportReader.read(text, "k8s-worker02"));
  }

  @Test
  void refusesAReportThatIsCutOffAnywhere() {
    for (int length = 0; length < REPORT.stripTrailing().length(); length += 7) {
      String half = REPORT.substring(0, length);
      assertThatExceptionOfType(NotAReport.class)
          .isThrownBy(() -> ReportReader.read(half, "k8s-worker02"));
    }
  }

  @Test
  void refusesAReportThatLeavesOutAFigure() {
    String without = REPORT.replace("\"threads\" : 31635,", "");
    assertThat(without).isNotEqualTo(REPORT);
    assertThatExceptionOfType(NotAReport.class)
        .isThrownBy(() -> ReportReader.read(without, "k8s-worker02"));
  }

  @Test
  void refusesTheReportOfAnotherNode() {
    assertThatExceptionOfType(NotAReport.class)
        .isThrownBy(() -> ReportReader.read(REPORT, "k8s-worker03"))
        .withMessageContaining("another node");
  }

  @Test
  void refusesAVersionItDoesNotKnow() {
    assertThatExceptionOfType(NotAReport.class)
        .isThrownBy(
            () ->
                ReportReader.read(
                    REPORT.replace("\"version\" : 1", "\"version\" : 99"), "k8s-worker02"))
        .withMessageContaining("99");
  }

  /** In one line, as the probe prints it. */
  private static String incident() {
    try (InputStream in =
        ReportReaderTest.class.getResourceAsStream("/cases/incident/in-report.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .replaceAll("\n\\s*", "");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
