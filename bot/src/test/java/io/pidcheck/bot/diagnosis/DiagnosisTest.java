package io.pidcheck.bot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.EvidenceFiles;
import io.pidcheck.bot.evidence.ProbeOutcome.NotStarted;
import io.pidcheck.bot.evidence.ProbeOutcome.Reason;
import io.pidcheck.bot.evidence.ProbeOutcome.Source;
import io.pidcheck.bot.evidence.Surroundings;
import io.pidcheck.bot.golden.GoldenFiles;
import io.pidcheck.probe.report.NodeReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosisTest {

  private static final GoldenFiles GOLDEN =
      new GoldenFiles(Path.of("src/test/resources/diagnosis"));
  private static final String REPORT = "in-report.json";
  private static final String SUMMARY = "in-summary.json";
  private static final Pattern NODE = Pattern.compile("\"name\"\\s*:\\s*\"([^\"]*)\"");

  static Stream<Path> cases() {
    return GOLDEN.cases().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysWhatTheCaseExpects(Path folder) {
    GOLDEN.compare(folder, "out-diagnosis.json", Tree.json(diagnosis(folder)));
    assertThat(GOLDEN.read(folder, "in-origin.txt")).isNotBlank();
    GOLDEN.holdsExactly(
        folder, Set.of("in-origin.txt", probe(folder), "in-cluster.json", "out-diagnosis.json"));
  }

  static Diagnosis diagnosis(Path folder) {
    Surroundings around = EvidenceFiles.surroundings(GOLDEN.read(folder, "in-cluster.json"));
    String probe = GOLDEN.read(folder, probe(folder));
    return switch (probe(folder)) {
      case REPORT -> Diagnosis.of(evidence(report(probe), Source.LOG, around));
      case SUMMARY -> Diagnosis.of(evidence(report(probe), Source.TERMINATION_MESSAGE, around));
      default -> Diagnosis.without(new NotStarted(Reason.CANNOT_START, probe.strip()), around);
    };
  }

  /** What there is of the probe: its report, only its termination message, or why it never ran. */
  private static String probe(Path folder) {
    return Stream.of(REPORT, SUMMARY)
        .filter(name -> Files.exists(folder.resolve(name)))
        .findFirst()
        .orElse("in-not-started.txt");
  }

  private static Evidence evidence(NodeReport report, Source source, Surroundings around) {
    return new Evidence(report, source, Map.of(), Optional.empty(), around, Optional.empty());
  }

  private static NodeReport report(String json) {
    Matcher name = NODE.matcher(json);
    assertThat(name.find()).isTrue();
    return EvidenceFiles.report(json, name.group(1));
  }
}
