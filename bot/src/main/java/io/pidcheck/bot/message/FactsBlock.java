package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.diagnosis.LimitUse;
import io.pidcheck.bot.diagnosis.Suspicion;
import io.pidcheck.bot.diagnosis.Verdict;
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

  private static final int OTHER_LIMITS = 3;
  private static final int SUSPECTS = 4;
  private static final int MISSING_SHOWN = 5;
  private static final int MISSING_CHARACTERS = 160;
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

  /** The explanations that people reach for first. */
  LayoutBlock suspects(List<Suspicion> suspects) {
    return new Rich()
        .say(texts, "suspects.head")
        .list(suspects.stream().limit(SUSPECTS).map(this::suspect).toList())
        .block();
  }

  private Rich suspect(Suspicion suspicion) {
    boolean bytes = suspicion.suspect() == Suspicion.Suspect.MEMORY;
    Object[] figures =
        suspicion.figures().stream()
            .map(figure -> bytes ? texts.bytes(figure) : texts.number(figure))
            .toArray();
    String reason = "suspicion." + suspicion.reason().name();
    return new Rich()
        .say(texts, "suspect." + suspicion.suspect().name())
        .say(texts, "finding." + suspicion.finding().name())
        .say(texts, figures.length == 0 ? bare(reason) : reason, figures);
  }

  // Memory may be short by what the node's condition says alone.
  private static String bare(String reason) {
    return switch (reason) {
      case "suspicion.MEMORY_IS_SHORT", "suspicion.MEMORY_RAN_OUT" -> reason + ".bare";
      default -> reason;
    };
  }

  /** Memory, and the fullest other ceilings: any of them refuses a fork as pid_max does. */
  LayoutBlock facts() {
    List<Rich> lines = new ArrayList<>();
    lines.add(memory());
    otherLimits().forEach(limit -> lines.add(limit(limit)));
    if (report.use().zombies() > 0) {
      lines.add(new Rich().say(texts, "zombies", report.use().zombies()));
    }
    return new Rich().list(lines).block();
  }

  /** pid_max always, where it is not the one that decides. */
  private List<LimitUse> otherLimits() {
    Optional<LimitUse> deciding = diagnosis.verdict().deciding();
    return Stream.concat(diagnosis.limits().pidMax().stream(), diagnosis.limits().all().stream())
        .distinct()
        .filter(limit -> deciding.isEmpty() || !limit.equals(deciding.get()))
        .limit(OTHER_LIMITS)
        .toList();
  }

  private Rich limit(LimitUse limit) {
    return new Rich()
        .say(
            texts,
            "limit." + limit.kind().name(),
            Foreign.line(limit.path(), 120),
            limit.used(),
            limit.limit(),
            texts.percent(limit.usedShare()));
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

  LayoutBlock provenance(AnswerTo answer) {
    Rich rich =
        new Rich()
            .say(
                texts,
                "provenance",
                texts.time(Instant.ofEpochMilli(report.node().takenAtEpochMillis())),
                Math.ceil(report.node().tookMicros() / MICROS_PER_MILLI))
            .user(answer.user());
    if (evidence.source() == Source.TERMINATION_MESSAGE) {
      rich.newLine().say(texts, "source.termination-message");
    } else if (!report.complete()) {
      rich.newLine().say(texts, "report.cut");
    }
    evidence.podsMissing().ifPresent(why -> quoted(rich.newLine().say(texts, "pods-missing"), why));
    gaps(rich);
    if (!report.missing().isEmpty()) {
      quoted(
          rich.newLine().say(texts, "not-read", report.missing().size()), words(report.missing()));
    }
    return rich.block();
  }

  /** What the rules had to do without, and why. */
  private void gaps(Rich rich) {
    List<Verdict.Gap> gaps = diagnosis.verdict().missing();
    if (gaps.isEmpty()) {
      return;
    }
    String names =
        gaps.stream()
            .map(gap -> texts.get("gap." + gap.name()))
            .collect(Collectors.joining(texts.get("gap.comma")));
    rich.newLine().say(texts, "gaps", names);
    if (!evidence.surroundings().missing().isEmpty()) {
      quoted(rich, words(evidence.surroundings().missing()));
    }
  }

  private static void quoted(Rich rich, String foreign) {
    rich.plain(" ").code(Foreign.line(foreign, MISSING_CHARACTERS));
  }

  private static String words(List<Missing> missing) {
    return missing.stream()
        .limit(MISSING_SHOWN)
        .map(one -> one.what() + ": " + one.why())
        .collect(Collectors.joining("; "));
  }
}
