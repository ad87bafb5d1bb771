package io.pidcheck.probe.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.probe.report.KillResult;
import io.pidcheck.probe.report.KillResult.Killed;
import io.pidcheck.probe.report.KillResult.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real process cannot be made to do at the right moment: here /proc lags behind it. */
class KillingTest {

  @TempDir private Path dir;

  @Test
  void noticesAnEndBetweenTheDescriptorAndTheStatFile() throws Exception {
    SmallNode node = SmallNode.in(dir);
    Process process = new ProcessBuilder("sleep", "1000").start();
    try {
      Killed killed = kill(node, new Remedy.Target((int) process.pid(), 5));

      assertThat(killed.outcome()).isEqualTo(Outcome.ENDED_BY_ITSELF);
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void countsTheTasksBeforeAndAfter() throws IOException {
    SmallNode node = SmallNode.in(dir);
    KillResult result = result(node, new Remedy.Target(4_194_304, 1));

    assertThat(result.tasksBefore()).isEqualTo(SmallNode.IN_USE);
    assertThat(result.tasksAfter()).isEqualTo(SmallNode.IN_USE);
    assertThat(result.node()).isEqualTo("worker-7");
    assertThat(result.bootId()).isEqualTo(SmallNode.BOOT);
  }

  private static Killed kill(SmallNode node, Remedy.Target target) throws IOException {
    return result(node, target).targets().getFirst();
  }

  private static KillResult result(SmallNode node, Remedy.Target target) throws IOException {
    Remedy.Guarded nobody = new Remedy.Guarded(Set.of(), Set.of());
    return (KillResult)
        Act.of(new Remedy.Kill(node.order(), List.of(target), Duration.ZERO, nobody));
  }
}
