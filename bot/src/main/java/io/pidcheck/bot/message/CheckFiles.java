package io.pidcheck.bot.message;

import io.pidcheck.bot.chat.Attachment;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.diagnosis.LimitUse;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.Surroundings;
import io.pidcheck.probe.report.ProcessUse;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The files of a check: the chart, and all that was read. */
public final class CheckFiles {

  private static final int NAME = 64;
  private static final int NAMED = 3;
  // Kubernetes: a node is named by a DNS subdomain
  private static final int NODE = 253;

  private CheckFiles() {}

  /** Who holds the PIDs against the limit. */
  public static Attachment chart(Evidence evidence, Diagnosis diagnosis, Locale locale) {
    Texts texts = Texts.in(locale);
    String node = Foreign.line(evidence.report().node().name(), NAME);
    byte[] png = new HoldersChart(texts).png(evidence.report(), diagnosis);
    return new Attachment(
        file(node) + "-pids.png",
        texts.get("file.chart", node),
        alt(evidence, diagnosis, texts),
        ByteBuffer.wrap(png));
  }

  /** What the picture shows, in words. */
  private static String alt(Evidence evidence, Diagnosis diagnosis, Texts texts) {
    Optional<LimitUse> limit = diagnosis.limits().pidMax();
    String holders =
        evidence.report().processes().stream()
            .limit(NAMED)
            .map(process -> holder(process, texts))
            .collect(Collectors.joining(texts.get("gap.comma")));
    String node = Foreign.line(evidence.report().node().name(), NAME);
    return limit
            .map(
                max ->
                    texts.get(
                        "result.text",
                        node,
                        max.used(),
                        max.limit(),
                        texts.percent(max.usedShare())))
            .orElseGet(
                () -> texts.get("result.text.no-limit", node, evidence.report().use().threads()))
        + texts.get("file.chart.holders", holders);
  }

  private static String holder(ProcessUse process, Texts texts) {
    return "%s %d: %s"
        .formatted(
            Foreign.line(process.comm(), NAME), process.pid(), texts.number(process.threads()));
  }

  /** All that was read, for machines and for later. */
  public static Attachment evidence(Evidence evidence, Locale locale) {
    return json(evidence.report().node().name(), EvidenceJson.of(evidence), locale);
  }

  /** The same where the probe brought no report. */
  public static Attachment evidence(String node, Surroundings around, Locale locale) {
    return json(node, EvidenceJson.of(around), locale);
  }

  private static Attachment json(String node, byte[] content, Locale locale) {
    String shown = Foreign.line(node, NAME);
    return new Attachment(
        file(shown) + "-evidence.json",
        Texts.in(locale).get("file.evidence", shown),
        "",
        ByteBuffer.wrap(content));
  }

  /** A node's name where it must be nothing else: in a file's name, and in a notification. */
  static String file(String node) {
    String name = node.replaceAll("[^A-Za-z0-9.-]", "_");
    return name.substring(0, Math.min(NODE, name.length()));
  }
}
