package io.pidcheck.bot.message;

import io.pidcheck.bot.act.Acts;
import io.pidcheck.bot.act.Ending;
import io.pidcheck.bot.act.Silence;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.evidence.ProbeOutcome;
import io.pidcheck.probe.report.KillResult;
import io.pidcheck.probe.report.KillResult.Killed;
import io.pidcheck.probe.report.Reason;
import io.pidcheck.probe.report.Reason.Why;
import io.pidcheck.probe.report.RemedyResult;
import io.pidcheck.probe.report.SysctlResult;
import io.pidcheck.probe.report.SysctlResult.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every way in which an act can end. */
final class EndingCases {

  private EndingCases() {}

  static Map<String, Message> killed(Locale locale) {
    Map<String, Message> messages = new LinkedHashMap<>();
    for (KillResult.Outcome outcome : KillResult.Outcome.values()) {
      boolean dryRun = outcome == KillResult.Outcome.WOULD_KILL;
      messages.put(
          outcome.name(), ToldActs.ended(Acts.KILL, ToldActs.killed(outcome), locale, dryRun));
    }
    KillResult both =
        Acts.killed(
            false,
            Acts.first(KillResult.Outcome.KILLED, List.of(), 10_070),
            new Killed(
                15_466,
                7_350_412,
                ToldActs.HOSTILE,
                KillResult.Outcome.ANOTHER_PROCESS,
                List.of(),
                0));
    messages.put("both", ToldActs.ended(Acts.KILL_BOTH, new Ending.Killed(both), locale, false));
    return messages;
  }

  static Map<String, Message> written(Locale locale) {
    Map<String, Message> messages = new LinkedHashMap<>();
    for (SysctlResult.Outcome outcome : SysctlResult.Outcome.values()) {
      boolean dryRun = outcome == SysctlResult.Outcome.WOULD_WRITE;
      boolean done = outcome == SysctlResult.Outcome.DONE || outcome == SysctlResult.Outcome.PARTLY;
      List<Reason> reasons =
          outcome == SysctlResult.Outcome.REFUSED_BY_KERNEL
              ? List.of(Reason.of(Why.NOT_WRITTEN, "pid_max", "EINVAL"))
              : List.of();
      SysctlResult result =
          new SysctlResult(
              RemedyResult.VERSION,
              "k8s-worker02",
              Acts.BOOT,
              dryRun,
              31_635,
              outcome,
              reasons,
              List.of(
                  new Written("pid_max", "32768", "131072", done ? "131072" : "32768"),
                  new Written(
                      "/host/cgroup-0/pids.max",
                      "32768",
                      "131072",
                      outcome == SysctlResult.Outcome.DONE ? "131072" : "32768")),
              done,
              done ? "/host/sysctl.d/99-pidcheck.conf" : "");
      messages.put(
          outcome.name(), ToldActs.ended(Acts.RAISE, new Ending.Written(result), locale, dryRun));
    }
    return messages;
  }

  /** Each reason that a program on a node gives, with as many details as it gives. */
  static Map<String, Message> reasons(Locale locale) {
    Map<String, Message> messages = new LinkedHashMap<>();
    for (Why why : Why.values()) {
      String[] details =
          switch (why) {
            case NOT_WAITED_FOR -> new String[] {"1234", ToldActs.HOSTILE};
            case STARTED_LATER -> new String[] {"7350999"};
            case CALL_FAILED -> new String[] {"pidfd_open", "ENOSYS"};
            case IN_STATE -> new String[] {"D", "21317"};
            case NAME_IN_SETTINGS -> new String[] {"postgres"};
            case LESS_THAN_IN_USE -> new String[] {"pid_max", "32768", "32600"};
            case NOT_WRITTEN -> new String[] {"/host/cgroup-0/pids.max", "EPERM"};
            case READS_BACK -> new String[] {"/host/cgroup-0/pids.max", "max"};
            case NOT_OUR_FILE -> new String[] {"99-pidcheck.conf"};
            case NODE_REBOOTED,
                IS_A_THREAD,
                IS_INIT,
                IS_KERNEL_THREAD,
                IS_PROBE,
                IN_PROBES_POD,
                POD_IN_SETTINGS,
                IN_STATIC_POD,
                IS_KUBELET,
                IS_RUNTIME,
                IS_CONTROL_PLANE,
                IS_SYSTEMD,
                IS_SSHD,
                FILE_OF_ANOTHER_NAMESPACE,
                OWN_NAMESPACE ->
                new String[0];
          };
      Ending ending =
          new Ending.Written(
              new SysctlResult(
                  RemedyResult.VERSION,
                  "k8s-worker02",
                  Acts.BOOT,
                  false,
                  31_635,
                  SysctlResult.Outcome.PARTLY,
                  List.of(Reason.of(why, details)),
                  List.of(),
                  false,
                  ""));
      messages.put(why.name(), ToldActs.ended(Acts.RAISE, ending, locale, false));
    }
    return messages;
  }

  static Map<String, Message> silences(Locale locale) {
    Map<String, Message> messages = new LinkedHashMap<>();
    for (Silence.Why why : Silence.Why.values()) {
      String words =
          switch (why) {
            case NOT_STARTED, NOT_TAKEN, TIMED_OUT, STANDBY_UNHEARD -> ToldActs.EAGAIN;
            case FAILED -> "137 Killed";
            case UNREADABLE, NODE_GONE, JOB_GONE, STANDBY_SILENT, STANDBY_ENDED -> "";
            case STANDBY_FAILED -> "a bug";
          };
      Ending ending = new Ending.Unknown(new Silence(why, words));
      messages.put(why.name(), ToldActs.ended(Acts.KILL, ending, locale, false));
    }
    return messages;
  }

  static Map<String, Message> podDeleted(Locale locale) {
    Map<String, Message> messages = new LinkedHashMap<>();
    for (Ending.Deletion outcome : Ending.Deletion.values()) {
      String words = outcome == Ending.Deletion.REFUSED ? "pods \"x\" is forbidden" : "";
      messages.put(
          outcome.name(),
          ToldActs.ended(
              Acts.DELETE,
              new Ending.PodDeleted(outcome, words),
              locale,
              outcome == Ending.Deletion.WOULD_DELETE));
    }
    return messages;
  }

  static Map<String, Message> notDone(Locale locale) {
    Map<String, Message> messages = new LinkedHashMap<>();
    List<String> reasons = new ArrayList<>(List.of("TIMED_OUT", "JOB_GONE"));
    for (ProbeOutcome.Reason reason : ProbeOutcome.Reason.values()) {
      reasons.add(reason.name());
    }
    for (String reason : reasons) {
      Ending ending = new Ending.NotStarted(reason, ToldActs.EAGAIN);
      messages.put("kill " + reason, ToldActs.ended(Acts.KILL, ending, locale, false));
    }
    messages.put(
        "raise",
        ToldActs.ended(Acts.RAISE, new Ending.NotStarted("CANNOT_START", ""), locale, false));
    messages.put(
        "undo",
        ToldActs.ended(Acts.UNDO, new Ending.NotStarted("CANNOT_START", ""), locale, false));
    messages.put("expired", ToldActs.ended(Acts.RAISE, new Ending.Expired(), locale, false));
    messages.put(
        "cancelled", ToldActs.ended(Acts.KILL, new Ending.Cancelled("U0LIWEI"), locale, false));
    messages.put(
        "unknown",
        ToldActs.ended(
            Acts.KILL,
            new Ending.Unknown(new Silence(Silence.Why.UNREADABLE, ToldActs.HOSTILE)),
            locale,
            false));
    return messages;
  }
}
