package io.pidcheck.bot.message;

import io.pidcheck.bot.act.Ending;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.cluster.RemedyJob;
import io.pidcheck.probe.report.KillResult;
import io.pidcheck.probe.report.KillResult.Killed;
import io.pidcheck.probe.report.SysctlResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an act has done, in the few words that a headline has room for. */
public final class DeedWords {

  private static final int COMM = 20;
  private static final int POD = 80;

  private final Texts texts;

  public DeedWords(Locale language) {
    this.texts = Texts.in(language);
  }

  /** Plain text with foreign text in it; empty for what did nothing, or gave back what was done. */
  public Optional<String> of(RemedyJob job) {
    return job.story().ending().flatMap(ending -> of(job.remedy(), ending));
  }

  private Optional<String> of(Remedy remedy, Ending ending) {
    return switch (ending) {
      case Ending.Killed(KillResult result) -> killed(result);
      case Ending.Written(SysctlResult result) -> written(remedy, result.outcome());
      case Ending.PodDeleted(var outcome, var words) -> deleted(remedy, outcome);
      case Ending.NotStarted notStarted -> Optional.empty();
      case Ending.Expired expired -> Optional.empty();
      case Ending.Cancelled cancelled -> Optional.empty();
      case Ending.Unknown unknown -> Optional.empty();
    };
  }

  private Optional<String> killed(KillResult result) {
    List<Killed> killed =
        result.targets().stream().filter(target -> target.outcome().byUs()).toList();
    return switch (killed.size()) {
      case 0 -> Optional.empty();
      case 1 -> {
        String pid = Integer.toString(killed.getFirst().pid()); // a number that is never grouped
        String comm = Foreign.line(killed.getFirst().comm(), COMM);
        yield Optional.of(texts.get(comm.isEmpty() ? "deed.killed" : "deed.killed.as", pid, comm));
      }
      default -> Optional.of(texts.get("deed.killed.several", killed.size()));
    };
  }

  private Optional<String> written(Remedy remedy, SysctlResult.Outcome outcome) {
    boolean done =
        switch (outcome) {
          case DONE, PARTLY -> true;
          case NOTHING_TO_DO,
              WOULD_WRITE,
              BELOW_USE,
              OUT_OF_RANGE,
              REFUSED_BY_KERNEL,
              NOT_IN_HOST_NAMESPACE,
              NOT_TRIED ->
              false;
        };
    return done && remedy instanceof Remedy.RaisePidMax raise
        ? Optional.of(texts.get("deed.raised", raise.to()))
        : Optional.empty();
  }

  private Optional<String> deleted(Remedy remedy, Ending.Deletion outcome) {
    return outcome == Ending.Deletion.DELETED && remedy instanceof Remedy.DeletePod delete
        ? Optional.of(texts.get("deed.deleted", Foreign.line(delete.pod().path(), POD)))
        : Optional.empty();
  }
}
