package io.pidcheck.bot.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.act.Remedy.Kill;
import io.pidcheck.bot.act.Remedy.Target;
import io.pidcheck.probe.report.KillResult;
import io.pidcheck.probe.report.Reason;
import io.pidcheck.probe.report.RemedyJson;
import io.pidcheck.probe.report.RemedyResult;
import io.pidcheck.probe.report.SysctlResult;
import io.pidcheck.probe.report.SysctlResult.Written;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActJsonTest {

  static Stream<Remedy> acts() {
    return Acts.all().stream();
  }

  @ParameterizedTest
  @MethodSource("acts")
  void writesAnActSoThatItIsReadAgain(Remedy remedy) {
    assertThat(ActJson.remedy(ActJson.write(remedy))).contains(remedy);
  }

  @Test
  void keepsAStoryWithEveryEnding() {
    KillResult killed =
        Acts.killed(false, Acts.first(KillResult.Outcome.KILLED, List.of(), 10_070));
    Story told =
        Story.BEGINS
            .releasedBy("U0ALEX", Acts.AT)
            .ended(new Ending.Killed(killed), Acts.AT)
            .measured(new Story.After.Measured(2_465, 32_768, "check-after", Acts.AT))
            .calico(new Story.Calico.ReadyAgain(42))
            .cameBack(22_000);
    assertThat(ActJson.story(ActJson.write(told))).contains(told);
    for (Ending ending :
        List.of(
            new Ending.Written(sysctl()),
            new Ending.PodDeleted(Ending.Deletion.REFUSED, "forbidden"),
            new Ending.NotStarted("CANNOT_START", "fork"),
            new Ending.Expired(),
            new Ending.Cancelled("U1"),
            new Ending.Unknown(new Silence(Silence.Why.FAILED, "137 Killed")))) {
      Story story = Story.BEGINS.ended(ending, Acts.AT);
      assertThat(ActJson.story(ActJson.write(story))).contains(story);
    }
  }

  @Test
  void mayBeAskedForAgainWhereTheApiServerRefused() {
    for (Ending.Deletion outcome : Ending.Deletion.values()) {
      assertThat(new Ending.PodDeleted(outcome, "").neverActed())
          .as(outcome.name())
          .isEqualTo(outcome == Ending.Deletion.REFUSED);
    }
  }

  @Test
  void readsWhatTheProgramOnTheNodeWrites() {
    assertThat(ActJson.result(new String(RemedyJson.of(sysctl()), StandardCharsets.UTF_8)))
        .contains(sysctl());
  }

  private static SysctlResult sysctl() {
    return new SysctlResult(
        RemedyResult.VERSION,
        "k8s-worker02",
        Acts.BOOT,
        false,
        31_635,
        SysctlResult.Outcome.PARTLY,
        List.of(Reason.of(Reason.Why.NOT_WRITTEN, "threads_max", "EPERM")),
        List.of(new Written("pid_max", "32768", "131072", "131072")),
        true,
        "/host/sysctl.d/99-pidcheck.conf");
  }

  @Test
  void fitsAButtonWithThePodOfTheLongestNames() {
    String longest = "a".repeat(253);
    PodName pod = new PodName("n".repeat(63), longest, Acts.POD.uid(), "Deployment/" + longest);
    Kill kill =
        new Kill(Acts.SEEN, List.of(new Target(4_194_303, 1L << 40, "x", 1, Optional.of(pod))));
    assertThat(ActJson.write(kill)).hasSizeLessThanOrEqualTo(2000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "[]",
        "rm -rf /",
        "{\"do\":\"format-disk\"}",
        "{\"do\":\"kill\"}",
        "{\"do\":\"kill\",\"seen\":null,\"targets\":[]}"
      })
  void takesNothingElseForAnAct(String value) {
    assertThat(ActJson.remedy(value)).isEmpty();
  }

  @Test
  void takesNoActThatNamesMoreThanItMay() {
    String kill = ActJson.write(Acts.KILL);
    assertThat(ActJson.remedy(kill.replace("30855", "1"))).isEmpty();
    assertThat(ActJson.remedy(kill.replace("30855", "-1"))).isEmpty();
    assertThat(ActJson.remedy(kill.replace("30855", "0"))).isEmpty();
    assertThat(ActJson.remedy(kill.replace(Acts.BOOT, "any"))).isEmpty();
    assertThat(ActJson.remedy(kill.replace("k8s-worker02", "a --to=301"))).isEmpty();
    assertThat(ActJson.remedy(kill.replace("{\"do\"", "{\"signal\":9,\"do\""))).isEmpty();
    assertThat(ActJson.remedy(kill + kill)).isEmpty();
    String raise = ActJson.write(Acts.RAISE);
    assertThat(ActJson.remedy(raise.replace("131072,\"persisted\"", "300,\"persisted\"")))
        .isEmpty();
    assertThat(ActJson.remedy(raise.replace("/kubepods/pids.max", "/../../etc/passwd"))).isEmpty();
    assertThat(
            ActJson.remedy(raise.replace("/sys/fs/cgroup/pids/kubepods/pids.max", "/etc/pids.max")))
        .isEmpty();
    String undo = ActJson.write(Acts.UNDO);
    assertThat(ActJson.remedy(undo.replace("\"32768\"", "\"32768 --dry-run\""))).isEmpty();
  }

  @Test
  void takesNoMoreTargetsThanFitOneJob() {
    List<Target> many = IntStream.range(2, 12).mapToObj(pid -> Acts.target(pid, 1)).toList();
    String one = ActJson.write(Acts.KILL);
    String target = one.substring(one.indexOf("[{") + 1, one.lastIndexOf("}]") + 1);
    String nine =
        String.join(",", many.stream().map(t -> target.replace("30855", "" + t.pid())).toList());
    assertThat(ActJson.remedy(one.replace(target, nine))).isEmpty();
  }
}
