package io.pidcheck.bot.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.util.json.GsonFactory;
import io.pidcheck.bot.act.Acts;
import io.pidcheck.bot.act.Ending;
import io.pidcheck.bot.act.PodName;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Remedy.Kill;
import io.pidcheck.bot.act.Remedy.Target;
import io.pidcheck.bot.act.Silence;
import io.pidcheck.bot.act.Story;
import io.pidcheck.bot.act.Story.After;
import io.pidcheck.bot.act.Story.Calico;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.chat.SentMessage;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.cluster.CheckJob;
import io.pidcheck.bot.cluster.Means;
import io.pidcheck.bot.cluster.NodeRecord;
import io.pidcheck.bot.cluster.RemedyJob;
import io.pidcheck.bot.evidence.ProbeOutcome;
import io.pidcheck.bot.golden.GoldenFiles;
import io.pidcheck.bot.local.slack.blockkit.BlockKit;
import io.pidcheck.bot.message.RemedyMessage.Phase;
import io.pidcheck.bot.message.RemedyMessage.Told;
import io.pidcheck.probe.report.KillResult;
import io.pidcheck.probe.report.KillResult.Killed;
import io.pidcheck.probe.report.Reason;
import io.pidcheck.probe.report.Reason.Why;
import io.pidcheck.probe.report.RemedyResult;
import io.pidcheck.probe.report.SysctlResult;
import io.pidcheck.probe.report.SysctlResult.Written;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What everybody reads of an act: every way it can end, in both languages. */
class RemedyMessageTest {

  private static final GoldenFiles GOLDEN = new GoldenFiles(Path.of("src/test/resources/remedies"));
  private static final Gson PRETTY =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
  private static final String HOSTILE = "<!channel> `*_\u202e\u0007x";
  private static final String EAGAIN =
      "Running hook #0:: fork/exec /proc/24330/exe: resource temporarily unavailable";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "killed",
        "written",
        "reasons",
        "silences",
        "pod-deleted",
        "not-done",
        "on-its-way",
        "afterwards",
        "refusals",
        "buttons"
      })
  void saysWhatTheCaseExpectsInBothLanguages(String group) {
    Path folder = Path.of("src/test/resources/remedies", group);
    for (Locale locale : List.of(Locale.US, Locale.SIMPLIFIED_CHINESE)) {
      JsonObject all = new JsonObject();
      messages(group, locale).forEach((name, message) -> all.add(name, tree(message)));
      GOLDEN.compare(folder, "out-" + locale.getLanguage() + ".json", PRETTY.toJson(all) + "\n");
    }
    GOLDEN.holdsExactly(folder, Set.of("out-en.json", "out-zh.json"));
  }

  private static Map<String, Message> messages(String group, Locale locale) {
    return switch (group) {
      case "killed" -> killed(locale);
      case "written" -> written(locale);
      case "reasons" -> reasons(locale);
      case "silences" -> silences(locale);
      case "pod-deleted" -> podDeleted(locale);
      case "not-done" -> notDone(locale);
      case "on-its-way" -> onItsWay(locale);
      case "afterwards" -> afterwards(locale);
      case "refusals" -> refusals(new RemedyReplies(Texts.in(locale)), locale);
      default -> buttons(Texts.in(locale));
    };
  }

  private static Map<String, Message> killed(Locale locale) {
    Map<String, Message> messages = new LinkedHashMap<>();
    for (KillResult.Outcome outcome : KillResult.Outcome.values()) {
      boolean dryRun = outcome == KillResult.Outcome.WOULD_KILL;
      messages.put(outcome.name(), ended(Acts.KILL, killed(outcome), locale, dryRun));
    }
    KillResult both =
        new KillResult(
            RemedyResult.VERSION,
            "k8s-worker02",
            Acts.BOOT,
            false,
            31_635,
            10_318,
            List.of(
                new Killed(
                    30_855, 7_350_412, "dotnet", KillResult.Outcome.KILLED, List.of(), 10_070),
                new Killed(
                    15_466, 7_350_412, HOSTILE, KillResult.Outcome.ANOTHER_PROCESS, List.of(), 0)));
    messages.put("both", ended(Acts.KILL_BOTH, new Ending.Killed(both), locale, false));
    return messages;
  }

  private static Ending killed(KillResult.Outcome outcome) {
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

  private static Ending killed(KillResult.Outcome outcome, List<Reason> reasons) {
    return new Ending.Killed(
        new KillResult(
            RemedyResult.VERSION,
            "k8s-worker02",
            Acts.BOOT,
            outcome == KillResult.Outcome.WOULD_KILL,
            31_635,
            10_318,
            List.of(new Killed(30_855, 7_350_412, "dotnet", outcome, reasons, 1_250))));
  }

  private static Map<String, Message> written(Locale locale) {
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
      messages.put(outcome.name(), ended(Acts.RAISE, new Ending.Written(result), locale, dryRun));
    }
    return messages;
  }

  /** Each reason that a program on a node gives, with as many details as it gives. */
  private static Map<String, Message> reasons(Locale locale) {
    Map<String, Message> messages = new LinkedHashMap<>();
    for (Why why : Why.values()) {
      String[] details =
          switch (why) {
            case NOT_WAITED_FOR -> new String[] {"1234", HOSTILE};
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
      messages.put(why.name(), ended(Acts.RAISE, ending, locale, false));
    }
    return messages;
  }

  private static Map<String, Message> silences(Locale locale) {
    Map<String, Message> messages = new LinkedHashMap<>();
    for (Silence.Why why : Silence.Why.values()) {
      String words =
          switch (why) {
            case NOT_STARTED, NOT_TAKEN, TIMED_OUT, STANDBY_UNHEARD -> EAGAIN;
            case FAILED -> "137 Killed";
            case UNREADABLE, NODE_GONE, JOB_GONE, STANDBY_SILENT, STANDBY_ENDED -> "";
            case STANDBY_FAILED -> "a bug";
          };
      Ending ending = new Ending.Unknown(new Silence(why, words));
      messages.put(why.name(), ended(Acts.KILL, ending, locale, false));
    }
    return messages;
  }

  private static Map<String, Message> podDeleted(Locale locale) {
    Map<String, Message> messages = new LinkedHashMap<>();
    for (Ending.Deletion outcome : Ending.Deletion.values()) {
      String words = outcome == Ending.Deletion.REFUSED ? "pods \"x\" is forbidden" : "";
      messages.put(
          outcome.name(),
          ended(
              Acts.DELETE,
              new Ending.PodDeleted(outcome, words),
              locale,
              outcome == Ending.Deletion.WOULD_DELETE));
    }
    return messages;
  }

  private static Map<String, Message> notDone(Locale locale) {
    Map<String, Message> messages = new LinkedHashMap<>();
    List<String> reasons = new ArrayList<>(List.of("TIMED_OUT", "JOB_GONE"));
    for (ProbeOutcome.Reason reason : ProbeOutcome.Reason.values()) {
      reasons.add(reason.name());
    }
    for (String reason : reasons) {
      Ending ending = new Ending.NotStarted(reason, EAGAIN);
      messages.put("kill " + reason, ended(Acts.KILL, ending, locale, false));
    }
    messages.put(
        "raise", ended(Acts.RAISE, new Ending.NotStarted("CANNOT_START", ""), locale, false));
    messages.put(
        "undo", ended(Acts.UNDO, new Ending.NotStarted("CANNOT_START", ""), locale, false));
    messages.put("expired", ended(Acts.RAISE, new Ending.Expired(), locale, false));
    messages.put("cancelled", ended(Acts.KILL, new Ending.Cancelled("U0LIWEI"), locale, false));
    messages.put(
        "unknown",
        ended(
            Acts.KILL,
            new Ending.Unknown(new Silence(Silence.Why.UNREADABLE, HOSTILE)),
            locale,
            false));
    return messages;
  }

  private static Map<String, Message> onItsWay(Locale locale) {
    Map<String, Message> messages = new LinkedHashMap<>();
    for (Remedy act : Acts.all()) {
      RemedyJob job = job(act, Story.BEGINS.releasedBy("U0ALEX", Acts.AT), locale, "");
      messages.put(act.getClass().getSimpleName(), of(job, new Phase.Executing("")));
    }
    RemedyJob waiting = job(Acts.KILL, Story.BEGINS, locale, "");
    messages.put("waiting", of(waiting, new Phase.Waiting(Acts.AT.plusSeconds(900))));
    RemedyJob approved = job(Acts.KILL, Story.BEGINS.releasedBy("U0LIWEI", Acts.AT), locale, "");
    messages.put("approved, held up", of(approved, new Phase.Executing(EAGAIN)));
    return messages;
  }

  private static Map<String, Message> afterwards(Locale locale) {
    Map<String, Message> messages = new LinkedHashMap<>();
    Story ended =
        Story.BEGINS
            .releasedBy("U0ALEX", Acts.AT)
            .ended(killed(KillResult.Outcome.TERMINATED), Acts.AT);
    messages.put("measuring", of(job(ended, locale), new Phase.Ended(Optional.empty(), true)));
    Story measured =
        ended.measured(new After.Measured(2_465, 32_768, "check", Acts.AT.plusSeconds(4)));
    messages.put("watching", of(job(measured, locale), new Phase.Ended(Optional.empty(), true)));
    Map<String, Calico> calicos =
        Map.of(
            "absent", new Calico.Absent(),
            "was ready", new Calico.WasReady(),
            "ready again", new Calico.ReadyAgain(42),
            "not ready", new Calico.NotReady(300, "ContainersNotReady: " + HOSTILE));
    calicos.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry ->
                messages.put(
                    entry.getKey(),
                    of(
                        job(measured.calico(entry.getValue()), locale),
                        new Phase.Ended(Optional.empty(), false))));
    Story failed =
        ended
            .measured(new After.NotMeasured(new Silence(Silence.Why.NOT_STARTED, EAGAIN)))
            .calico(new Calico.WasReady());
    messages.put("not measured", of(job(failed, locale), new Phase.Ended(Optional.empty(), false)));
    Story back = measured.calico(new Calico.WasReady()).cameBack(22_000);
    messages.put(
        "came back", of(job(back, locale), new Phase.Ended(Optional.of(Acts.UNDO), false)));
    messages.put("thread", RemedyMessage.cameBack(job(back, locale), 22_000, 21_317));
    return messages;
  }

  private static Map<String, Message> refusals(RemedyReplies replies, Locale locale) {
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
      messages.put("protected " + why, replies.protectedFrom(why, 812, HOSTILE));
    }
    messages.put("taken, waits", replies.taken(job(Acts.KILL, Story.BEGINS, locale, "")));
    Story runs = Story.BEGINS.releasedBy("U0ALEX", Acts.AT);
    messages.put("taken, runs", replies.taken(job(runs, locale)));
    messages.put(
        "taken, ended",
        replies.taken(job(runs.ended(killed(KillResult.Outcome.KILLED), Acts.AT), locale)));
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
                    Acts.AT, "k8s-worker02", "PidcheckKillDone", "user=U1 kill=1 " + HOSTILE))));
    return messages;
  }

  private static Map<String, Message> buttons(Texts texts) {
    Map<String, Message> messages = new LinkedHashMap<>();
    messages.put("all", row(new RemedyButtons(texts, false), Acts.all()));
    messages.put("dry run", row(new RemedyButtons(texts, true), List.of(Acts.KILL)));
    Target bare = new Target(4_711, 9, HOSTILE, 1, Optional.empty());
    messages.put(
        "hostile",
        row(new RemedyButtons(texts, false), List.of(new Kill(Acts.SEEN, List.of(bare)))));
    messages.put("none", row(new RemedyButtons(texts, false), List.of()));
    return messages;
  }

  private static Message row(RemedyButtons buttons, List<Remedy> acts) {
    return new Message("x", List.of(buttons.row("k8s-worker02", acts)));
  }

  /** What programs on nodes say comes as reasons; sentences are quotes of a cluster, as code. */
  @ParameterizedTest
  @ValueSource(strings = {"killed", "written", "reasons", "silences", "not-done", "afterwards"})
  void saysNoEnglishSentenceToAChineseReader(String group) {
    messages(group, Locale.SIMPLIFIED_CHINESE)
        .forEach(
            (name, message) ->
                assertThat(said(tree(message).get("blocks")))
                    .as(name)
                    .doesNotContainPattern("[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}"));
  }

  private static String said(JsonElement block) {
    StringBuilder said = new StringBuilder();
    if (block.isJsonArray()) {
      block.getAsJsonArray().forEach(part -> said.append(said(part)));
    } else if (block.isJsonObject()) {
      JsonObject part = block.getAsJsonObject();
      boolean quote = part.has("style") && part.get("style").toString().contains("\"code\":true");
      if (part.has("text") && part.get("text").isJsonPrimitive() && !quote) {
        said.append(part.get("text").getAsString());
      }
      part.entrySet().forEach(entry -> said.append(said(entry.getValue())));
    }
    return said.toString();
  }

  @Test
  void staysWithinWhatSlackTakesWhateverIsSeen() {
    String longest = "a".repeat(253);
    PodName pod = new PodName("n".repeat(63), longest, Acts.POD.uid(), "Deployment/" + longest);
    List<Target> targets = new ArrayList<>();
    for (int pid = 100_000; pid < 100_008; pid++) {
      targets.add(new Target(pid, 1L << 40, "W".repeat(15), 4_000_000, Optional.of(pod)));
    }
    List<Remedy> acts = new ArrayList<>(List.of(new Kill(Acts.SEEN, targets), Acts.RAISE));
    targets.forEach(target -> acts.add(new Kill(Acts.SEEN, List.of(target))));
    for (Locale locale : List.of(Locale.US, Locale.SIMPLIFIED_CHINESE)) {
      Message message = row(new RemedyButtons(Texts.in(locale), true), acts);
      assertFits(message);
    }
  }

  @Test
  void everyMessageIsOneThatSlackTakes() {
    for (String group :
        List.of(
            "killed", "written", "reasons", "silences", "not-done", "on-its-way", "afterwards")) {
      messages(group, Locale.US).values().forEach(RemedyMessageTest::assertFits);
      messages(group, Locale.SIMPLIFIED_CHINESE).values().forEach(RemedyMessageTest::assertFits);
    }
    refusals(new RemedyReplies(Texts.in(Locale.US)), Locale.US)
        .values()
        .forEach(RemedyMessageTest::assertFits);
  }

  @Test
  void showsForeignTextOnlyWhereSlackInterpretsNothing() {
    for (String group : List.of("killed", "reasons", "not-done", "afterwards", "refusals")) {
      messages(group, Locale.US)
          .values()
          .forEach(
              message -> {
                assertThat(message.text()).doesNotContain("<!").doesNotContain("\u202e");
                assertThat(tree(message).toString())
                    .doesNotContain("mrkdwn")
                    .doesNotContain("\u202e")
                    .doesNotContain("\\u0007");
              });
    }
  }

  /** Below a diagnosis as long as Slack takes, the act is told all the same. */
  @Test
  void leavesOutTheEndOfALongDiagnosisRatherThanTheAct() {
    List<LayoutBlock> blocks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      blocks.add(new Rich().plain("x".repeat(1_250)).block());
    }
    Message diagnosis = new Message("diagnosis", blocks);
    RemedyJob job =
        job(
            Acts.KILL,
            Story.BEGINS.ended(killed(KillResult.Outcome.KILLED), Acts.AT),
            Locale.US,
            SentMessage.write(diagnosis));
    Message message = of(job, new Phase.Ended(Optional.empty(), false));
    assertFits(message);
    assertThat(tree(message).toString()).contains("SIGKILL").contains("x".repeat(1_250));
  }

  @Test
  void keepsADiagnosisAsItWas() {
    Message message = of(job(Story.BEGINS, Locale.US), new Phase.Executing(HOSTILE));
    assertThat(SentMessage.read(SentMessage.write(message))).contains(message);
    assertThat(SentMessage.read("no such thing")).isEmpty();
  }

  private static void assertFits(Message message) {
    var blocks = JsonMapper.builder().build().readTree(tree(message).get("blocks").toString());
    assertThat(new BlockKit(file -> true).problemsOfMessage(blocks)).isEmpty();
    assertThat(BlockKit.isTooLong(blocks)).isFalse();
  }

  private static Message ended(Remedy act, Ending ending, Locale locale, boolean dryRun) {
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

  private static Message of(RemedyJob job, Phase phase) {
    return RemedyMessage.of(List.of(new Told(job, phase)));
  }

  private static RemedyJob job(Story story, Locale locale) {
    return job(Acts.KILL, story, locale, "");
  }

  private static RemedyJob job(Remedy act, Story story, Locale locale, String diagnosis) {
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

  private static JsonObject tree(Message message) {
    JsonObject object = new JsonObject();
    object.addProperty("text", message.text());
    object.add("blocks", GsonFactory.createSnakeCase().toJsonTree(message.blocks()));
    return object;
  }
}
