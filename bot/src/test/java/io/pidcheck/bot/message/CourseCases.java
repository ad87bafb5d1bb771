package io.pidcheck.bot.message;

import io.pidcheck.bot.act.Acts;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Remedy.Kill;
import io.pidcheck.bot.act.Remedy.Target;
import io.pidcheck.bot.act.Silence;
import io.pidcheck.bot.act.Story;
import io.pidcheck.bot.act.Story.After;
import io.pidcheck.bot.act.Story.Calico;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.Means;
import io.pidcheck.bot.cluster.NodeRecord;
import io.pidcheck.bot.cluster.RemedyJob;
import io.pidcheck.bot.message.RemedyMessage.Phase;
import io.pidcheck.probe.report.KillResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is told of an act before its end and after it, and to those who may not. */
final class CourseCases {

  private CourseCases() {}

  static Map<String, Message> onItsWay(Locale locale) {
    Map<String, Message> messages = new LinkedHashMap<>();
    for (Remedy act : Acts.all()) {
      RemedyJob job = ToldActs.job(act, Story.BEGINS.releasedBy("U0ALEX", Acts.AT), locale, "");
      messages.put(act.getClass().getSimpleName(), ToldActs.of(job, new Phase.Executing("")));
    }
    RemedyJob waiting = ToldActs.job(Acts.KILL, Story.BEGINS, locale, "");
    messages.put("waiting", ToldActs.of(waiting, new Phase.Waiting(Acts.AT.plusSeconds(900))));
    RemedyJob approved =
        ToldActs.job(Acts.KILL, Story.BEGINS.releasedBy("U0LIWEI", Acts.AT), locale, "");
    messages.put("approved, held up", ToldActs.of(approved, new Phase.Executing(ToldActs.EAGAIN)));
    return messages;
  }

  static Map<String, Message> afterwards(Locale locale) {
    Map<String, Message> messages = new LinkedHashMap<>();
    Story ended =
        Story.BEGINS
            .releasedBy("U0ALEX", Acts.AT)
            .ended(ToldActs.killed(KillResult.Outcome.TERMINATED), Acts.AT);
    messages.put(
        "measuring",
        ToldActs.of(ToldActs.job(ended, locale), new Phase.Ended(Optional.empty(), true)));
    Story measured =
        ended.measured(new After.Measured(2_465, 32_768, "check", Acts.AT.plusSeconds(4)));
    messages.put(
        "watching",
        ToldActs.of(ToldActs.job(measured, locale), new Phase.Ended(Optional.empty(), true)));
    Map<String, Calico> calicos =
        Map.of(
            "absent", new Calico.Absent(),
            "was ready", new Calico.WasReady(),
            "ready again", new Calico.ReadyAgain(42),
            "not ready", new Calico.NotReady(300, "ContainersNotReady: " + ToldActs.HOSTILE));
    calicos.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry ->
                messages.put(
                    entry.getKey(),
                    ToldActs.of(
                        ToldActs.job(measured.calico(entry.getValue()), locale),
                        new Phase.Ended(Optional.empty(), false))));
    Story failed =
        ended
            .measured(new After.NotMeasured(new Silence(Silence.Why.NOT_STARTED, ToldActs.EAGAIN)))
            .calico(new Calico.WasReady());
    messages.put(
        "not measured",
        ToldActs.of(ToldActs.job(failed, locale), new Phase.Ended(Optional.empty(), false)));
    Story back = measured.calico(new Calico.WasReady()).cameBack(22_000);
    messages.put(
        "came back",
        ToldActs.of(ToldActs.job(back, locale), new Phase.Ended(Optional.of(Acts.UNDO), false)));
    messages.put("thread", RemedyMessage.cameBack(ToldActs.job(back, locale), 22_000, 21_317));
    return messages;
  }

  static Map<String, Message> byPod(Locale locale) {
    Story runs = Story.BEGINS.releasedBy("U0ALEX", Acts.AT);
    Story ended = runs.ended(ToldActs.killed(KillResult.Outcome.TERMINATED), Acts.AT);
    Map<String, Message> messages = new LinkedHashMap<>();
    for (Means.Why why : Means.Why.values()) {
      Means.Instead plain = new Means.Instead(why, "");
      messages.put(
          why.name() + ", runs",
          ToldActs.of(ToldActs.byPod(plain, runs, locale), new Phase.Executing("")));
      Means.Instead said = new Means.Instead(why, ToldActs.HOSTILE);
      messages.put(
          why.name(),
          ToldActs.of(
              ToldActs.byPod(said, ended, locale), new Phase.Ended(Optional.empty(), false)));
    }
    return messages;
  }

  static Map<String, Message> refusals(RemedyReplies replies, Locale locale) {
    Map<String, Message> messages = new LinkedHashMap<>();
    for (String cause : List.of("NOT_NAMED", "NOBODY_NAMED", "GROUP_UNKNOWN")) {
      messages.put("act " + cause, replies.denied("ACT", cause, Set.of("U1"), Set.of("S0SRE")));
    }
    messages.put("look", replies.denied("LOOK", "NOT_NAMED", Set.of(), Set.of()));
    messages.put(
        "old", replies.tooOld("k8s-worker02", Duration.ofMinutes(25), Duration.ofMinutes(10)));
    messages.put("rebooted", replies.rebooted("k8s-worker02"));
    for (String why :
        List.of(
            "INIT",
            "KERNEL",
            "KUBELET",
            "RUNTIME",
            "SHIM",
            "SYSTEMD",
            "SSHD",
            "CONTROL_PLANE",
            "CALICO_NODE",
            "ZOMBIE",
            "PROBE",
            "SETTINGS")) {
      messages.put("protected " + why, replies.protectedFrom(why, 812, ToldActs.HOSTILE));
    }
    messages.put("taken, waits", replies.taken(ToldActs.job(Acts.KILL, Story.BEGINS, locale, "")));
    Story runs = Story.BEGINS.releasedBy("U0ALEX", Acts.AT);
    messages.put("taken, runs", replies.taken(ToldActs.job(runs, locale)));
    messages.put(
        "taken, ended",
        replies.taken(
            ToldActs.job(runs.ended(ToldActs.killed(KillResult.Outcome.KILLED), Acts.AT), locale)));
    messages.put("own approval", replies.ownApproval());
    messages.put("not waiting", replies.notWaiting());
    messages.put("unreadable", replies.unreadable());
    messages.put("not taken", replies.notTaken("exceeded quota"));
    messages.put("failed", replies.failed());
    messages.put("no cluster", replies.noCluster("connection refused"));
    messages.put("record, empty", replies.record(List.of()));
    messages.put(
        "record",
        replies.record(
            List.of(
                new NodeRecord.Line(
                    Acts.AT,
                    "k8s-worker02",
                    "PidcheckKillDone",
                    "user=U1 kill=1 " + ToldActs.HOSTILE))));
    return messages;
  }

  static Map<String, Message> buttons(Texts texts) {
    Map<String, Message> messages = new LinkedHashMap<>();
    messages.put("all", row(new RemedyButtons(texts, false), Acts.all()));
    messages.put("dry run", row(new RemedyButtons(texts, true), List.of(Acts.KILL)));
    Target bare = new Target(4_711, 9, ToldActs.HOSTILE, 1, Optional.empty());
    messages.put(
        "hostile",
        row(new RemedyButtons(texts, false), List.of(new Kill(Acts.SEEN, List.of(bare)))));
    messages.put("none", row(new RemedyButtons(texts, false), List.of()));
    return messages;
  }

  static Message row(RemedyButtons buttons, List<Remedy> acts) {
    return new Message("x", List.of(buttons.row("k8s-worker02", acts)));
  }
}
