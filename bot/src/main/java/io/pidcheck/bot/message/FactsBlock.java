package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.diagnosis.LimitUse;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.ProbeOutcome.Source;
import io.pidcheck.probe.report.Memory;
import io.pidcheck.probe.report.Missing;
import io.pidcheck.probe.report.NodeReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What else was read, from where, and what could not be. */
final class FactsBlock {

  private static final int OTHER_LIMITS = 12;
  private static final int MISSING_SHOWN = 5;
  private static final int MISSING_CHARACTERS = 400;
  private static final double MICROS_PER_MILLI = 1000;

  private final Evidence evidence;
  private final NodeReport report;
  private final Diagnosis diagnosis;
  private final Texts texts;

  FactsBlock(Evidence evidence, Diagnosis diagnosis, Texts texts) {
    this.evidence = evidence;
    this.report = evidence.report();
    this.diagnosis = diagnosis;
    this.texts = texts;
  }

  /** Memory, and the fullest other ceilings: any of them refuses a fork as pid_max does. */
  LayoutBlock facts() {
    List<Rich> lines = new ArrayList<>(ofTheNode());
    limits().forEach(limit -> lines.add(LimitWords.of(limit, texts)));
    return new Rich().list(lines).block();
  }

  List<Rich> ofTheNode() {
    List<Rich> lines = new ArrayList<>();
    lines.add(memory());
    if (report.use().zombies() > 0) {
      lines.add(new Rich().say(texts, "zombies", report.use().zombies()));
    }
    lines.addAll(new NodeWords(texts).lines(evidence.surroundings()));
    return lines;
  }

  private List<LimitUse> limits() {
    return Stream.concat(diagnosis.limits().pidMax().stream(), diagnosis.limits().all().stream())
        .distinct()
        .limit(OTHER_LIMITS)
        .toList();
  }

  private Rich memory() {
    Memory memory = report.memory();
    if (!memory.known()) {
      return new Rich().say(texts, "memory.unknown");
    }
    return new Rich()
        .say(
            texts,
            "memory",
            texts.bytes(memory.usedBytes()),
            texts.bytes(memory.totalBytes()),
            texts.bytes(memory.availableBytes()),
            swap(memory));
  }

  private String swap(Memory memory) {
    return memory.swapTotalBytes() == 0
        ? texts.get("swap.none")
        : texts.get(
            "swap", texts.bytes(memory.swapUsedBytes()), texts.bytes(memory.swapTotalBytes()));
  }

  /** When it was read, who asked, and what is not known: in the message itself. */
  LayoutBlock provenance(AnswerTo answer) {
    Rich rich =
        new Rich()
            .say(
                texts,
                "provenance",
                texts.time(Instant.ofEpochMilli(report.node().takenAtEpochMillis())),
                Math.ceil(report.node().tookMicros() / MICROS_PER_MILLI))
            .user(answer.user());
    if (evidence.source() == Source.STANDBY) {
      rich.newLine().say(texts, "source.standby");
    }
    if (evidence.source() == Source.TERMINATION_MESSAGE) {
      rich.newLine().say(texts, "source.termination-message");
    } else if (!report.complete()) {
      rich.newLine().say(texts, "report.cut");
    }
    new GapWords(texts).gaps(diagnosis.verdict()).ifPresent(gaps -> rich.newLine().and(gaps));
    return rich.block();
  }

  /** What could not be read, and why: in the details. */
  Optional<LayoutBlock> unread() {
    List<Rich> lines = new ArrayList<>();
    evidence
        .podsMissing()
        .ifPresent(why -> lines.add(quoted(new Rich().say(texts, "pods-missing"), why)));
    List<Missing> around = evidence.surroundings().missing();
    if (!around.isEmpty()) {
      lines.add(quoted(new Rich().say(texts, "not-read.cluster", around.size()), words(around)));
    }
    if (!report.missing().isEmpty()) {
      int size = report.missing().size();
      lines.add(quoted(new Rich().say(texts, "not-read", size), words(report.missing())));
    }
    return lines.isEmpty() ? Optional.empty() : Optional.of(new Rich().list(lines).block());
  }

  private static Rich quoted(Rich rich, String foreign) {
    return rich.plain(" ").code(Foreign.line(foreign, MISSING_CHARACTERS));
  }

  private static String words(List<Missing> missing) {
    return missing.stream()
        .limit(MISSING_SHOWN)
        .map(one -> one.what() + ": " + one.why())
        .collect(Collectors.joining("; "));
  }
}
