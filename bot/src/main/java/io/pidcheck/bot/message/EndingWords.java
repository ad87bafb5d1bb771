package io.pidcheck.bot.message;

import io.pidcheck.bot.act.Ending;
import io.pidcheck.bot.act.Silence;
import io.pidcheck.bot.cluster.RemedyJob;
import io.pidcheck.probe.report.KillResult;
import io.pidcheck.probe.report.KillResult.Killed;
import io.pidcheck.probe.report.Reason;
import io.pidcheck.probe.report.SysctlResult;
import java.util.ArrayList;
import java.util.List;

/** How an act ended, in words of its own for every ending. */
final class EndingWords {

  private static final int COMM = 20;
  private static final int WORDS = 300;
  private static final int DETAIL = 100;

  private final Texts texts;
  private final RemedyJob job;

  EndingWords(Texts texts, RemedyJob job) {
    this.texts = texts;
    this.job = job;
  }

  String emoji(Ending ending) {
    return switch (ending) {
      case Ending.Killed(var result) -> emoji(result);
      case Ending.Written(var result) -> emoji(result.outcome());
      case Ending.PodDeleted(var outcome, var words) ->
          switch (outcome) {
            case DELETED, ALREADY_GONE -> "white_check_mark";
            case WOULD_DELETE -> "test_tube";
            case ANOTHER_POD -> "information_source";
            case REFUSED -> "warning";
          };
      case Ending.NotStarted notStarted -> "warning";
      case Ending.Expired() -> "hourglass";
      case Ending.Cancelled cancelled -> "no_entry_sign";
      case Ending.Unknown unknown -> "grey_question";
    };
  }

  private static String emoji(KillResult result) {
    if (result.targets().stream().allMatch(target -> target.outcome().gone())) {
      return "white_check_mark";
    }
    return result.dryRun() ? "test_tube" : "warning";
  }

  private static String emoji(SysctlResult.Outcome outcome) {
    return switch (outcome) {
      case DONE, NOTHING_TO_DO -> "white_check_mark";
      case WOULD_WRITE -> "test_tube";
      case BELOW_USE, OUT_OF_RANGE, REFUSED_BY_KERNEL, NOT_IN_HOST_NAMESPACE, PARTLY, NOT_TRIED ->
          "warning";
    };
  }

  Rich of(Ending ending) {
    return switch (ending) {
      case Ending.Killed(var result) -> killed(result);
      case Ending.Written(var result) -> written(result);
      case Ending.PodDeleted(var outcome, var words) ->
          quoted(new Rich().say(texts, "pod-deletion." + outcome.name()), words);
      case Ending.NotStarted(var why, var words) ->
          quoted(new Rich().say(texts, "act-not-started." + why), words).and(byHand(why));
      case Ending.Expired() -> new Rich().say(texts, "remedy.expired");
      case Ending.Cancelled(var by) -> new Rich().say(texts, "remedy.cancelled").user(by);
      case Ending.Unknown(var silence) ->
          new Rich().say(texts, "remedy.unknown").plain(" ").and(silence(texts, silence));
    };
  }

  /** What still can work where no pod starts: a shell that is open already needs no new process. */
  private Rich byHand(String why) {
    if (why.equals("JOB_GONE")) {
      return new Rich(); // the node is not what kept it
    }
    Rich rich = new Rich().newLine().say(texts, "act-not-started.then");
    ByHand.lines(job.remedy()).forEach(line -> rich.newLine().code(line));
    return rich;
  }

  private Rich killed(KillResult result) {
    Rich rich = new Rich();
    for (int i = 0; i < result.targets().size(); i++) {
      Killed target = result.targets().get(i);
      rich.plain(i == 0 ? "" : "\n")
          .say(
              texts,
              "killed." + target.outcome().name(),
              Integer.toString(target.pid()),
              comm(target),
              seconds(target));
      target.reasons().forEach(reason -> rich.plain(" ").and(reason(reason)));
    }
    return rich;
  }

  // the present bearer of the pid may have another name than what was seen
  private static String comm(Killed target) {
    return target.comm().isEmpty() ? "?" : Foreign.line(target.comm(), COMM);
  }

  private static double seconds(Killed target) {
    return target.tookMillis() / 1000.0;
  }

  private Rich written(SysctlResult result) {
    Rich rich = new Rich().say(texts, "written." + result.outcome().name());
    result.reasons().forEach(reason -> rich.plain(" ").and(reason(reason)));
    RemedyWords words = new RemedyWords(texts);
    for (SysctlResult.Written one : result.written()) {
      rich.newLine()
          .say(
              texts,
              "written.line",
              words.setting(job.onNode(one.what())),
              value(one.before()),
              value(one.after()));
    }
    if (result.persisted()) {
      rich.newLine()
          .say(texts, "written.persisted", Foreign.line(job.onNode(result.persistedPath()), 100));
    }
    return rich;
  }

  private Rich reason(Reason reason) {
    return new Rich().say(texts, "reason." + reason.why().name(), details(reason));
  }

  private Object[] details(Reason reason) {
    List<String> details = new ArrayList<>(reason.details());
    boolean ofSetting =
        switch (reason.why()) {
          case LESS_THAN_IN_USE, NOT_WRITTEN, READS_BACK -> true;
          case NODE_REBOOTED,
              NOT_WAITED_FOR,
              STARTED_LATER,
              IS_A_THREAD,
              CALL_FAILED,
              IN_STATE,
              IS_INIT,
              IS_KERNEL_THREAD,
              IS_PROBE,
              IN_PROBES_POD,
              NAME_IN_SETTINGS,
              POD_IN_SETTINGS,
              IN_STATIC_POD,
              IS_KUBELET,
              IS_RUNTIME,
              IS_CONTROL_PLANE,
              IS_SYSTEMD,
              IS_SSHD,
              FILE_OF_ANOTHER_NAMESPACE,
              OWN_NAMESPACE,
              NOT_OUR_FILE ->
              false;
        };
    if (ofSetting && !details.isEmpty()) {
      details.set(0, new RemedyWords(texts).setting(job.onNode(details.getFirst())));
    }
    return details.stream().map(detail -> Foreign.line(detail, DETAIL)).toArray();
  }

  /** Why nothing can be read, and what was said instead. */
  static Rich silence(Texts texts, Silence silence) {
    return quoted(new Rich().say(texts, "silence." + silence.why().name()), silence.words());
  }

  private static String value(String read) {
    return read.isEmpty() ? "?" : Foreign.line(read, 20);
  }

  private static Rich quoted(Rich rich, String words) {
    return words.isBlank() ? rich : rich.plain(" ").code(Foreign.line(words, WORDS));
  }
}
