package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.diagnosis.Level;
import io.pidcheck.bot.diagnosis.LimitUse;
import io.pidcheck.bot.diagnosis.Limits;
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

/** A check's result: what is used of what, and by whom. */
public final class ResultMessage {

  private static final int OTHER_LIMITS = 2;
  private static final int MISSING_SHOWN = 5;
  private static final int MISSING_CHARACTERS = 160;
  private static final double MICROS_PER_MILLI = 1000;

  private final Evidence evidence;
  private final AnswerTo answer;
  private final Texts texts;
  private final NodeReport report;
  private final List<LimitUse> limits;

  private ResultMessage(Evidence evidence, AnswerTo answer) {
    this.evidence = evidence;
    this.answer = answer;
    this.texts = Texts.in(answer.locale());
    this.report = evidence.report();
    this.limits = Limits.of(report).all();
  }

  public static Message of(Evidence evidence, AnswerTo answer) {
    ResultMessage result = new ResultMessage(evidence, answer);
    List<LayoutBlock> blocks = new ArrayList<>();
    blocks.add(result.headline());
    blocks.add(new HoldersBlock(evidence, result.texts).block());
    blocks.add(result.surroundings());
    blocks.add(result.provenance());
    return new Message(result.notification(), blocks);
  }

  private String notification() {
    return pidMax()
        .map(
            limit ->
                texts.get(
                    "result.text",
                    report.node().name(),
                    limit.used(),
                    limit.limit(),
                    texts.percent(limit.usedShare())))
        .orElseGet(
            () -> texts.get("result.text.no-limit", report.node().name(), report.use().threads()));
  }

  private LayoutBlock headline() {
    Rich rich = new Rich().emoji(emoji(Level.of(limits))).plain(" ").bold(report.node().name());
    Optional<LimitUse> limit = pidMax();
    if (limit.isEmpty()) {
      return rich.plain(" ").say(texts, "result.no-limit", report.use().threads()).block();
    }
    return rich.plain(" ")
        .say(texts, "result.headline", limit.get().used(), limit.get().limit(), limit.get().free())
        .newLine()
        .code(Bar.of(limit.get().usedShare()))
        .plain(" ")
        .bold(texts.percent(limit.get().usedShare()))
        .block();
  }

  private static String emoji(Level level) {
    return switch (level) {
      case HEALTHY -> "large_green_circle";
      case WARNING -> "large_yellow_circle";
      case CRITICAL -> "red_circle";
      case UNKNOWN -> "white_circle";
    };
  }

  private Optional<LimitUse> pidMax() {
    return limits.stream().filter(limit -> limit.kind() == LimitUse.Kind.PID_MAX).findFirst();
  }

  /** Memory, and the fullest other ceilings: any of them refuses a fork as pid_max does. */
  private LayoutBlock surroundings() {
    List<Rich> lines = new ArrayList<>();
    lines.add(memory());
    limits.stream()
        .filter(limit -> limit.kind() != LimitUse.Kind.PID_MAX)
        .limit(OTHER_LIMITS)
        .forEach(
            limit ->
                lines.add(
                    new Rich()
                        .say(
                            texts,
                            "limit." + limit.kind().name(),
                            Foreign.line(limit.path(), 120),
                            limit.used(),
                            limit.limit(),
                            texts.percent(limit.usedShare()))));
    if (report.use().zombies() > 0) {
      lines.add(new Rich().say(texts, "zombies", report.use().zombies()));
    }
    return new Rich().list(lines).block();
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

  private LayoutBlock provenance() {
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
    evidence
        .podsMissing()
        .ifPresent(
            why ->
                rich.newLine()
                    .say(texts, "pods-missing")
                    .plain(" ")
                    .code(Foreign.line(why, MISSING_CHARACTERS)));
    if (!report.missing().isEmpty()) {
      rich.newLine()
          .say(texts, "not-read", report.missing().size())
          .plain(" ")
          .code(Foreign.line(missing(), MISSING_CHARACTERS));
    }
    return rich.block();
  }

  private String missing() {
    return report.missing().stream()
        .limit(MISSING_SHOWN)
        .map(ResultMessage::words)
        .collect(Collectors.joining("; "));
  }

  private static String words(Missing missing) {
    return missing.what() + ": " + missing.why();
  }
}
