package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.diagnosis.Culprit.CalicoNode;
import io.pidcheck.bot.diagnosis.Culprit.CrowdedContainer;
import io.pidcheck.bot.diagnosis.Culprit.KernelThreads;
import io.pidcheck.bot.diagnosis.Culprit.LeakedShims;
import io.pidcheck.bot.diagnosis.Culprit.ManyPods;
import io.pidcheck.bot.diagnosis.Culprit.NodeService;
import io.pidcheck.bot.diagnosis.Culprit.ProcessLeak;
import io.pidcheck.bot.diagnosis.Culprit.ThreadExplosion;
import io.pidcheck.bot.diagnosis.Culprit.Zombies;
import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.OwnerUse;
import io.pidcheck.probe.report.ProcessUse;
import io.pidcheck.probe.report.ThreadNames;
import java.util.Optional;

/**
 * What grew in one culprit, and in which language.
 *
 * @param threads the thread name that says so, where one does
 * @param counted of how many threads the names were read; 0 without names
 */
public record Cause(
    Language language, Growth growth, Optional<ThreadNames.Name> threads, long counted) {

  static Cause of(Culprit culprit, Optional<NodeReport> report) {
    return switch (culprit) {
      case ThreadExplosion explosion -> ofThreads(explosion.holder().process(), report);
      case NodeService service -> ofService(service.holder().process());
      case ProcessLeak leak -> ofProcesses(leak, report);
      case ManyPods many -> plain(Language.UNKNOWN, Growth.MANY_PODS);
      case Zombies zombies -> plain(Language.ofProgram(zombies.comm(), ""), Growth.ZOMBIES);
      case LeakedShims shims -> plain(Language.GO, Growth.SHIMS);
      case CalicoNode calico -> plain(Language.GO, Growth.CALICO_NODE);
      case CrowdedContainer container -> plain(Language.UNKNOWN, Growth.NOT_LOOKED_AT);
      case KernelThreads kernel -> plain(Language.UNKNOWN, Growth.KERNEL_THREADS);
    };
  }

  private static Cause ofService(ProcessUse process) {
    return plain(Language.ofProgram(process.comm(), process.commandLine()), Growth.NODE_SERVICE);
  }

  private static Cause plain(Language language, Growth growth) {
    return new Cause(language, growth, Optional.empty(), 0);
  }

  private static Cause ofThreads(ProcessUse process, Optional<NodeReport> report) {
    Optional<ThreadNames> names =
        report.flatMap(
            seen ->
                seen.threadNames().stream()
                    .filter(survey -> survey.pid() == process.pid())
                    .findFirst());
    return new ThreadReading(process, names).cause();
  }

  private static Cause ofProcesses(ProcessLeak leak, Optional<NodeReport> report) {
    Language language =
        leak.example()
            .map(process -> Language.ofProgram(process.comm(), process.commandLine()))
            .orElseGet(() -> mostCommon(leak.owner(), report));
    return plain(
        language, language == Language.SHELL ? Growth.SHELL_FORK_STORM : Growth.CHILD_PROCESSES);
  }

  /** Where none of its processes is known, the name that so many processes of the node have. */
  private static Language mostCommon(OwnerUse owner, Optional<NodeReport> report) {
    return report.stream()
        .flatMap(seen -> seen.commands().stream())
        .filter(use -> use.processes() * 2 >= owner.processes())
        .findFirst()
        .map(use -> Language.ofProgram(use.comm(), ""))
        .orElse(Language.UNKNOWN);
  }
}
