package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.ProcessUse;
import io.pidcheck.probe.report.ThreadNames;
import java.util.List;
import java.util.Optional;

/** What the threads of the biggest processes are called, as a histogram. */
final class ThreadNamesBlock {

  private static final int PROCESSES = 3;
  private static final int NAMES = 8;
  private static final int NAME = 32;
  private static final int THREADS_WORTH_NAMING = 10;

  private final NodeReport report;
  private final Texts texts;

  ThreadNamesBlock(NodeReport report, Texts texts) {
    this.report = report;
    this.texts = texts;
  }

  Optional<LayoutBlock> block() {
    List<ThreadNames> surveys =
        report.threadNames().stream()
            .filter(names -> names.counted() >= THREADS_WORTH_NAMING && !names.names().isEmpty())
            .limit(PROCESSES)
            .toList();
    if (surveys.isEmpty()) {
      return Optional.empty();
    }
    Rich rich = new Rich().say(texts, "threads.head");
    surveys.forEach(survey -> survey(rich, survey));
    return Optional.of(rich.block());
  }

  private void survey(Rich rich, ThreadNames survey) {
    Optional<ProcessUse> process =
        report.processes().stream().filter(one -> one.pid() == survey.pid()).findFirst();
    rich.newLine()
        .say(
            texts,
            "threads.process",
            process
                .map(one -> Foreign.line(one.comm(), NAME))
                .filter(c -> !c.isEmpty())
                .orElse("?"),
            Integer.toString(survey.pid()),
            survey.counted(),
            process.map(ProcessUse::threads).orElse(survey.counted()));
    rich.list(
        survey.names().stream().limit(NAMES).map(name -> line(name, survey.counted())).toList());
  }

  private Rich line(ThreadNames.Name name, long counted) {
    return new Rich()
        .code(Bar.of((double) name.threads() / Math.max(1, counted)))
        .plain(" ")
        .bold(texts.number(name.threads()))
        .plain(" ")
        .code(Foreign.line(name.name(), NAME));
  }
}
