package io.pidcheck.bot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.diagnosis.Explanation.Meaning;
import io.pidcheck.bot.diagnosis.Explanation.Next;
import org.junit.jupiter.api.Test;

class ExplanationTest {

  @Test
  void sendsARefusedForkToTheNodeCheck() {
    Explanation explained =
        Explanation.of("fork/exec /usr/sbin/runc: resource temporarily unavailable");
    assertThat(explained.meaning()).isEqualTo(Meaning.FORK_REFUSED);
    assertThat(explained.next()).containsExactly(Next.CHECK_THE_NODE);
  }

  @Test
  void warnsThatReadyProvesNothingWhereAProbeErrored() {
    Explanation explained =
        Explanation.of(
            "Liveness probe errored: rpc error: code = Unknown desc = failed to exec in container: failed to start exec \"ID\": OCI runtime exec failed: exec failed: unable to start container process: error executing setns process: exit status 1: unknown");
    assertThat(explained.meaning()).isEqualTo(Meaning.RUNTIME_COULD_NOT_EXEC);
    assertThat(explained.next()).contains(Next.DO_NOT_TRUST_READY);
  }

  @Test
  void sendsACgroupsRefusalToTheCgroupFirst() {
    assertThat(Explanation.of("cgroup: fork rejected by pids controller in /x").next())
        .startsWith(Next.LOOK_AT_THE_CGROUP);
  }

  @Test
  void sendsALookAlikeElsewhere() {
    assertThat(Explanation.of("exit status 4: iptables: Resource temporarily unavailable").next())
        .containsExactly(Next.LOOK_AT_WHO_HOLDS_THE_LOCK);
    assertThat(Explanation.of("fork/exec /proc/self/exe: cannot allocate memory").meaning())
        .isEqualTo(Meaning.MEMORY_IS_OUT);
  }

  @Test
  void readsABareExitCode() {
    Explanation explained = Explanation.of("the container ended with exit code 137");
    assertThat(explained.meaning()).isEqualTo(Meaning.EXIT_CODE_ONLY);
    assertThat(explained.exit()).contains(ExitMeaning.KILLED);
  }

  @Test
  void admitsThatATextSaysNothing() {
    assertThat(Explanation.of("hello").meaning()).isEqualTo(Meaning.NOTHING_OF_IT);
    assertThat(Explanation.of("").next()).containsExactly(Next.PASTE_THE_WHOLE_LINE);
  }

  @Test
  void readsAnEndlessLineInTime() {
    String endless = "spawn a start thread process ".repeat(20_000) + " eagain ".repeat(5_000);
    assertThat(Explanation.of(endless)).isNotNull();
  }
}
