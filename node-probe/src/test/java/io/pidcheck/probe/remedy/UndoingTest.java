package io.pidcheck.probe.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.probe.remedy.Remedy.Restore;
import io.pidcheck.probe.report.Reason;
import io.pidcheck.probe.report.Reason.Why;
import io.pidcheck.probe.report.SysctlResult;
import io.pidcheck.probe.report.SysctlResult.Outcome;
import io.pidcheck.probe.report.SysctlResult.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndoingTest {

  @TempDir private Path dir;
  private SmallNode node;
  private List<Restore> before;

  @BeforeEach
  void raise() throws IOException {
    node = SmallNode.in(dir);
    SysctlResult raised = (SysctlResult) Act.of(node.raise(131_072, node.filesToKeep()));
    before = raised.written().stream().map(one -> new Restore(one.what(), one.before())).toList();
  }

  @Test
  void putsBackAllThatARaiseChanged() throws IOException {
    SysctlResult result = undo(before);

    assertThat(result.outcome()).isEqualTo(Outcome.DONE);
    assertThat(result.written())
        .containsExactly(
            new Written("pid_max", "131072", "1300", "1300"),
            new Written("threads_max", "262144", "1400", "1400"),
            new Written(node.pidsMax().toString(), "131072", "1300", "1300"));
    assertThat(node.read("proc/sys/kernel/pid_max")).isEqualTo("1300");
    assertThat(node.read("host/cgroup-0/pids.max")).isEqualTo("1300");
    assertThat(node.persisted()).doesNotExist();
    assertThat(result.persisted()).isFalse();
  }

  @Test
  void hasNothingToDoTheSecondTime() throws IOException {
    undo(before);

    assertThat(undo(before).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
  }

  @Test
  void takesTheLimitFromACgroupThatHadNone() throws IOException {
    SysctlResult result = undo(List.of(new Restore(node.pidsMax().toString(), "max")));

    assertThat(result.outcome()).isEqualTo(Outcome.DONE);
    assertThat(node.read("host/cgroup-0/pids.max")).isEqualTo("max");
  }

  @Test
  void refusesWhatTheNodeHasOutgrownMeanwhile() throws IOException {
    node.process(60, "dotnet", 5000, "/kubepods/besteffort/pod0/x");

    SysctlResult result = undo(before);

    assertThat(result.outcome()).isEqualTo(Outcome.BELOW_USE);
    assertThat(node.read("proc/sys/kernel/pid_max")).isEqualTo("131072");
    assertThat(node.persisted()).exists();
  }

  @Test
  void leavesAFileThatSomebodyHasChanged() throws IOException {
    Files.writeString(node.persisted(), "vm.swappiness = 1\n", StandardOpenOption.APPEND);

    SysctlResult result = undo(before);

    assertThat(result.outcome()).isEqualTo(Outcome.PARTLY);
    assertThat(result.reasons()).containsExactly(Reason.of(Why.NOT_OUR_FILE, "99-pidcheck.conf"));
    assertThat(node.persisted()).exists();
    assertThat(node.read("proc/sys/kernel/pid_max")).isEqualTo("1300");
  }

  @Test
  void leavesTheFileWhereItIsNotToGo() throws IOException {
    Remedy.Undo undo = new Remedy.Undo(node.order(), node.filesToKeep(), before, false);

    assertThat(((SysctlResult) Act.of(undo)).outcome()).isEqualTo(Outcome.DONE);
    assertThat(node.persisted()).exists();
  }

  @Test
  void onlySaysWhatItWouldPutBack() throws IOException {
    Remedy.Undo undo = new Remedy.Undo(node.dryRun(), node.filesToKeep(), before, true);

    assertThat(((SysctlResult) Act.of(undo)).outcome()).isEqualTo(Outcome.WOULD_WRITE);
    assertThat(node.read("proc/sys/kernel/pid_max")).isEqualTo("131072");
    assertThat(node.persisted()).exists();
  }

  private SysctlResult undo(List<Restore> restores) throws IOException {
    return (SysctlResult) Act.of(new Remedy.Undo(node.order(), node.filesToKeep(), restores, true));
  }
}
