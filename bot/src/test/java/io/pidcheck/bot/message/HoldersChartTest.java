package io.pidcheck.bot.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.EvidenceFiles;
import io.pidcheck.bot.evidence.ProbeOutcome.Source;
import io.pidcheck.bot.golden.GoldenFiles;
import io.pidcheck.probe.report.NodeReport;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HoldersChartTest {

  private static final Path CASES = Path.of("src/test/resources");
  private static final Path LOOK = Path.of("target", "charts");
  private static final int BYTES = 100_000;

  static Stream<Path> reports() {
    return Stream.of("cases", "diagnosis")
        .flatMap(root -> new GoldenFiles(CASES.resolve(root)).cases().stream())
        .filter(folder -> Files.exists(folder.resolve("in-report.json")));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void isAPictureThatAPhoneShowsAtOnce(Path folder) throws IOException {
    Evidence evidence = evidence(folder);
    byte[] png =
        new HoldersChart(Texts.in(Locale.ENGLISH)).png(evidence.report(), Diagnosis.of(evidence));
    Files.createDirectories(LOOK);
    Files.write(LOOK.resolve(folder.getFileName() + ".png"), png);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(1000);
    assertThat(image.getHeight()).isBetween(200, 900);
    assertThat(png).hasSizeLessThan(BYTES);
  }

  @Test
  void drawsTheWholeTheHoldersAndTheRest() {
    ChartRows rows = rows("cases/incident");
    assertThat(rows.title()).isEqualTo("k8s-worker02  31,635 / 32,768 (96.5%)");
    assertThat(rows.labels())
        .startsWith("Σ  31,635", "dotnet 30855  21,317", "dotnet 15466  7,853")
        .last()
        .isEqualTo("…  2,035");
    assertThat(rows.tasks().stream().skip(1).mapToLong(n -> n).sum()).isEqualTo(31_635);
    assertThat(rows.limit()).hasValue(32_768);
  }

  @ParameterizedTest
  @MethodSource("reports")
  void countsNobodyTwice(Path folder) {
    ChartRows rows = rows(CASES.relativize(folder).toString());
    assertThat(rows.labels()).doesNotHaveDuplicates().hasSameSizeAs(rows.tasks());
    long all = rows.tasks().getFirst();
    long parts = rows.tasks().stream().skip(1).mapToLong(n -> n).sum();
    assertThat(parts).isLessThanOrEqualTo(Math.max(all, parts));
    assertThat(rows.tasks()).allMatch(tasks -> tasks >= 0);
  }

  @Test
  void showsWhatTheFontCannotDrawAsQuestionMarks() {
    assertThat(ChartFont.drawable("订单 api")).isEqualTo("?? api");
    assertThat(ChartFont.drawable("Σ × …")).isEqualTo("Σ × …");
  }

  private static ChartRows rows(String folder) {
    Evidence evidence = evidence(CASES.resolve(folder));
    return ChartRows.of(evidence.report(), Diagnosis.of(evidence), Texts.in(Locale.ENGLISH));
  }

  static Evidence evidence(Path folder) {
    GoldenFiles golden = new GoldenFiles(folder.getParent());
    String json = golden.read(folder, "in-report.json");
    NodeReport report = EvidenceFiles.report(json, name(json));
    Map<String, PodRef> pods =
        Files.exists(folder.resolve("in-pods.json"))
            ? EvidenceFiles.pods(golden.read(folder, "in-pods.json"))
            : Map.of();
    return Files.exists(folder.resolve("in-cluster.json"))
        ? new Evidence(
            report,
            Source.LOG,
            pods,
            Optional.empty(),
            EvidenceFiles.surroundings(golden.read(folder, "in-cluster.json")),
            Optional.empty())
        : new Evidence(report, Source.LOG, pods, Optional.empty());
  }

  private static String name(String json) {
    return json.replaceAll("(?s).*?\"name\"\\s*:\\s*\"([^\"]*)\".*", "$1");
  }
}
