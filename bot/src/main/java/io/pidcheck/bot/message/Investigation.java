package io.pidcheck.bot.message;

import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.probe.report.Limit;
import io.pidcheck.probe.report.Memory;
import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.ProcessUse;
import io.pidcheck.probe.report.ThreadNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The write-up's third section: what was read on the node, beside the command that would have shown
 * it to a person, and could not have been run while the node was full.
 */
final class Investigation {

  private static final int PROCESSES = 10;
  private static final int COMMAND_LINES = 3;
  private static final int NAMES = 10;
  private static final int LIMITS = 12;
  private static final int LINE = 1000;

  private final Evidence evidence;
  private final NodeReport report;
  private final Diagnosis diagnosis;
  private final Texts texts;

  Investigation(Evidence evidence, Diagnosis diagnosis, Texts texts) {
    this.evidence = evidence;
    this.report = evidence.report();
    this.diagnosis = diagnosis;
    this.texts = texts;
  }

  void write(Markdown markdown) {
    markdown.heading(3, texts.get("writeup.limits")).code("", figures());
    markdown.bullets(
        Stream.concat(
                diagnosis.limits().all().stream()
                    .limit(LIMITS)
                    .map(limit -> LimitWords.of(limit, texts)),
                new FactsBlock(evidence, diagnosis, texts).ofTheNode().stream())
            .toList());
    markdown.heading(3, texts.get("writeup.holders"));
    markdown.table(
        List.of(
            texts.get("writeup.column.threads"),
            texts.get("writeup.column.share"),
            "PID",
            texts.get("writeup.column.process"),
            texts.get("writeup.column.whose")),
        report.processes().stream().limit(PROCESSES).map(this::row).toList());
    report.processes().stream()
        .limit(COMMAND_LINES)
        .filter(process -> !process.commandLine().isBlank())
        .forEach(process -> markdown.code("", commandLine(process)));
    report.threadNames().stream()
        .filter(survey -> !survey.names().isEmpty())
        .limit(1)
        .forEach(survey -> names(markdown, survey));
  }

  private List<String> figures() {
    List<String> lines = new ArrayList<>();
    lines.add("# cat /proc/sys/kernel/pid_max");
    lines.add(raw(report.limits().pidMax()));
    lines.add("# cat /proc/sys/kernel/threads-max");
    lines.add(raw(report.limits().threadsMax()));
    lines.add("# ps -eLf --no-headers | wc -l");
    lines.add(Long.toString(report.use().threads()));
    Memory memory = report.memory();
    if (memory.known()) {
      lines.add("# free -h");
      lines.add(
          "Mem: total %s, used %s, free %s, buff/cache %s, available %s"
              .formatted(
                  texts.bytes(memory.totalBytes()),
                  texts.bytes(memory.usedBytes()),
                  texts.bytes(memory.freeBytes()),
                  texts.bytes(memory.buffCacheBytes()),
                  texts.bytes(memory.availableBytes())));
    }
    return lines;
  }

  private static String raw(Limit limit) {
    return switch (limit) {
      case Limit.Of(long max) -> Long.toString(max);
      case Limit.Unlimited unlimited -> "max";
      case Limit.Unknown unknown -> "?";
    };
  }

  private List<String> row(ProcessUse process) {
    Optional<String> pod = process.podUid();
    return List.of(
        texts.number(process.threads()),
        texts.percent((double) process.threads() / new Whole(report).tasks()),
        Integer.toString(process.pid()),
        Markdown.cell(Foreign.line(process.comm(), LINE)),
        Markdown.escaped(new Place(texts).of(evidence.pod(pod), pod, process.cgroup())));
  }

  private List<String> row(ThreadNames.Name name) {
    return List.of(texts.number(name.threads()), Markdown.cell(Foreign.line(name.name(), LINE)));
  }

  private static List<String> commandLine(ProcessUse process) {
    return List.of(
        "# tr '\\0' ' ' < /proc/" + process.pid() + "/cmdline",
        Foreign.line(process.commandLine(), LINE));
  }

  private void names(Markdown markdown, ThreadNames survey) {
    markdown.heading(3, texts.get("writeup.threads", Integer.toString(survey.pid())));
    markdown.table(
        List.of(texts.get("writeup.column.threads"), texts.get("writeup.column.name")),
        survey.names().stream().limit(NAMES).map(this::row).toList());
  }
}
