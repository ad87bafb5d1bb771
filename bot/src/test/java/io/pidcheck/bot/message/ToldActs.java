package io.pidcheck.bot.message;

import io.pidcheck.bot.act.Acts;
import io.pidcheck.bot.act.Ending;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Story;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.cluster.CheckJob;
import io.pidcheck.bot.cluster.Means;
import io.pidcheck.bot.cluster.RemedyJob;
import io.pidcheck.bot.message.RemedyMessage.Phase;
import io.pidcheck.bot.message.RemedyMessage.Told;
import io.pidcheck.probe.report.KillResult;
import io.pidcheck.probe.report.Reason;
import io.pidcheck.probe.report.Reason.Why;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Acts on their way and ended, and what is told of them; the worst of names and words in them. */
final class ToldActs {

  static final String HOSTILE = "<!channel> `*_\u202e\u0007x";
  static final String EAGAIN =
      "Running hook #0:: fork/exec /proc/24330/exe: resource temporarily unavailable";

  private ToldActs() {}

  static Message ended(Remedy act, Ending ending, Locale locale, boolean dryRun) {
    Story story = Story.BEGINS.releasedBy("U0ALEX", Acts.AT).ended(ending, Acts.AT);
    RemedyJob plain = job(act, story, locale, "");
    RemedyJob.Request asked = plain.request();
    RemedyJob job =
        new RemedyJob(
            plain.name(),
            act,
            new RemedyJob.Request(dryRun, false, asked.place(), asked.thread(), ""),
            story,
            false,
            Acts.AT,
            plain.state(),
            plain.means(),
            "1");
    return of(job, new Phase.Ended(Optional.empty(), false));
  }

  static Message of(RemedyJob job, Phase phase) {
    return RemedyMessage.of(List.of(new Told(job, phase)));
  }

  static RemedyJob job(Story story, Locale locale) {
    return job(Acts.KILL, story, locale, "");
  }

  static RemedyJob job(Remedy act, Story story, Locale locale, String diagnosis) {
    return new RemedyJob(
        "pidcheck-kill-0123456789abcdef-1",
        act,
        new RemedyJob.Request(
            false, false, new AnswerTo("C1", "1.0", "U0ALEX", locale), "1.0", diagnosis),
        story,
        false,
        Acts.AT,
        new CheckJob.State.Active(),
        Means.A_POD,
        "1");
  }

  /** By a pod, where a standby probe is there. */
  static RemedyJob byPod(Means.Instead why, Story story, Locale locale) {
    RemedyJob job = job(story, locale);
    return new RemedyJob(
        job.name(),
        job.remedy(),
        job.request(),
        story,
        job.reported(),
        job.createdAt(),
        job.state(),
        new Means.Pod(Optional.of(why)),
        job.version());
  }

  static Ending killed(KillResult.Outcome outcome) {
    List<Reason> reasons =
        switch (outcome) {
          case ZOMBIE -> List.of(Reason.of(Why.NOT_WAITED_FOR, "1234", "node"));
          case STILL_THERE_UNINTERRUPTIBLE -> List.of(Reason.of(Why.IN_STATE, "D", "3"));
          case PROTECTED -> List.of(Reason.of(Why.IS_KUBELET));
          case NOT_TRIED -> List.of(Reason.of(Why.NODE_REBOOTED));
          case KILLED,
              TERMINATED,
              ENDED_BY_ITSELF,
              ALREADY_GONE,
              ANOTHER_PROCESS,
              NOT_PERMITTED,
              WOULD_KILL ->
              List.of();
        };
    return killed(outcome, reasons);
  }

  static Ending killed(KillResult.Outcome outcome, List<Reason> reasons) {
    return new Ending.Killed(
        Acts.killed(outcome == KillResult.Outcome.WOULD_KILL, Acts.first(outcome, reasons, 1_250)));
  }
}
