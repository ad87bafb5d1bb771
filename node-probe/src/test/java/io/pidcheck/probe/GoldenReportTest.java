package io.pidcheck.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.ReportJson;
import io.pidcheck.probe.report.TerminationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is reported of whole nodes. {@code -Dgolden.update} writes down what is reported now. */
class GoldenReportTest {

  private static final boolean UPDATE = System.getProperty("golden.update") != null;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** What the probe reads of a node, and what tells about a case. */
  private static final Pattern USED =
      Pattern.compile(
          "README|tasks\\.txt|out-report\\.json|out-termination\\.json"
              + "|proc/(uptime|meminfo|sys/kernel/(pid_max|threads-max|hostname|osrelease|random/boot_id))"
              + "|proc/\\d+/(stat|status|limits|cgroup|cmdline)"
              + "|cgroup/.*(pids\\.max|pids\\.current|cgroup\\.controllers)"
              + "|.*/\\.keep");

  static List<String> cases() throws IOException {
    return NodeFixture.names();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void reportsWhatIsOnTheNodeAndAShortFormThatFits(String name, @TempDir Path dir)
      throws IOException {
    NodeReport report = NodeFixture.layOut(name, dir).inspection().report();

    check(name + "/out-report.json", ReportJson.of(report), dir);
    byte[] message = TerminationMessage.of(report);
    assertThat(message.length).isLessThanOrEqualTo(TerminationMessage.MAX_BYTES);
    check(name + "/out-termination.json", message, dir);
  }

  @Test
  void hasNoFileThatNothingReads() throws IOException {
    try (Stream<Path> files = Files.walk(NodeFixture.CASES)) {
      List<String> unused =
          files
              .filter(Files::isRegularFile)
              .map(file -> NodeFixture.CASES.relativize(file))
              .map(file -> file.subpath(1, file.getNameCount()).toString())
              .filter(file -> !USED.matcher(file).matches())
              .toList();
      assertThat(unused).isEmpty();
    }
  }

  private static void check(String expected, byte[] actual, Path dir) throws IOException {
    Path file = NodeFixture.CASES.resolve(expected);
    String json = JSON.writeValueAsString(withoutTimes(JSON.readTree(actual))) + "\n";
    String text = json.replace(dir.toString(), "<node>");
    if (UPDATE) {
      Files.writeString(file, text);
    }
    assertThat(file).as("write it with -Dgolden.update").exists();
    assertThat(text).isEqualTo(Files.readString(file));
  }

  private static JsonNode withoutTimes(JsonNode report) {
    ((ObjectNode) report.get("node")).put("takenAtEpochMillis", 0).put("tookMicros", 0);
    ((ObjectNode) report.get("later")).put("afterMillis", 0);
    return report;
  }
}
