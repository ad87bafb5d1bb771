package io.pidcheck.probe.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.probe.report.Reason;
import io.pidcheck.probe.report.Reason.Why;
import io.pidcheck.probe.report.SysctlResult;
import io.pidcheck.probe.report.SysctlResult.Outcome;
import io.pidcheck.probe.report.SysctlResult.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RaisingTest {

  @TempDir private Path dir;
  private SmallNode node;

  @BeforeEach
  void layOut() throws IOException {
    node = SmallNode.in(dir);
  }

  @Test
  void raisesPidMaxAndWhatWouldBindNext() throws IOException {
    SysctlResult result = raise(131_072);

    assertThat(result.outcome()).isEqualTo(Outcome.DONE);
    assertThat(result.reasons()).isEmpty();
    assertThat(result.inUse()).isEqualTo(SmallNode.IN_USE);
    assertThat(result.written())
        .containsExactly(
            new Written("pid_max", "1300", "131072", "131072"),
            new Written("threads_max", "1400", "262144", "262144"),
            new Written(node.pidsMax().toString(), "1300", "131072", "131072"));
    assertThat(node.read("proc/sys/kernel/pid_max")).isEqualTo("131072");
    assertThat(node.read("proc/sys/kernel/threads-max")).isEqualTo("262144");
    assertThat(node.read("host/cgroup-0/pids.max")).isEqualTo("131072");
    assertThat(result.persisted()).isFalse();
    assertThat(result.persistedPath()).isEmpty();
  }

  @Test
  void hasNothingToDoTheSecondTime() throws IOException {
    raise(131_072);

    SysctlResult result = raise(131_072);

    assertThat(result.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    assertThat(result.written().getFirst())
        .isEqualTo(new Written("pid_max", "131072", "131072", "131072"));
  }

  @Test
  void lowersNothing() throws IOException {
    node.write("proc/sys/kernel/pid_max", "4194304");
    node.write("proc/sys/kernel/threads-max", "999999");
    node.write("host/cgroup-0/pids.max", "max");

    SysctlResult result = raise(131_072);

    assertThat(result.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    assertThat(node.read("proc/sys/kernel/pid_max")).isEqualTo("4194304");
    assertThat(node.read("proc/sys/kernel/threads-max")).isEqualTo("999999");
    assertThat(node.read("host/cgroup-0/pids.max")).isEqualTo("max");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 300, 4_194_305})
  void refusesWhatTheKernelDoesNotTake(long to) throws IOException {
    SysctlResult result = raise(to);

    assertThat(result.outcome()).isEqualTo(Outcome.OUT_OF_RANGE);
    assertNothingWritten();
  }

  @Test
  void refusesWhatWouldLeaveNoRoom() throws IOException {
    SysctlResult result = raise(SmallNode.IN_USE + 299);

    assertThat(result.outcome()).isEqualTo(Outcome.BELOW_USE);
    assertThat(result.reasons())
        .containsExactly(
            Reason.of(
                Why.LESS_THAN_IN_USE,
                "pid_max",
                Long.toString(SmallNode.IN_USE + 299),
                Long.toString(SmallNode.IN_USE)));
    assertNothingWritten();
    node.write("proc/sys/kernel/pid_max", "400");
    assertThat(raise(SmallNode.IN_USE + 300).outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void doesNothingAfterAReboot() throws IOException {
    node.write("proc/sys/kernel/random/boot_id", "another");

    SysctlResult result = raise(131_072);

    assertThat(result.outcome()).isEqualTo(Outcome.NOT_TRIED);
    assertThat(result.bootId()).isEqualTo("another");
    assertNothingWritten();
  }

  @Test
  void refusesInsideAPod() throws IOException {
    node.process(1, "pause", 1, "/kubepods/besteffort/pod" + SmallNode.POD + "/" + "c".repeat(64));
    assertRefusedForItsNamespace();
  }

  @Test
  void refusesAsProcessOne() throws IOException {
    Files.delete(dir.resolve("proc/self"));
    Files.createSymbolicLink(dir.resolve("proc/self"), Path.of("1"));
    assertRefusedForItsNamespace();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/../cri-containerd-" + "cccc"})
  void refusesBesideThePauseContainerInACgroupNamespace(String cgroup) throws IOException {
    node.process(1, "pause", 1, cgroup);
    node.process(50, "java", 11, "/");
    assertRefusedForItsNamespace();
  }

  @Test
  void knowsTheNodesInitFromWithinACgroupNamespace() throws IOException {
    node.process(1, "systemd", 1, "/../../../../init.scope");
    node.process(50, "java", 11, "/");
    assertThat(raise(131_072).outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void refusesAFileThatIsNotThisNamespaces() throws IOException {
    node.write("host/pid_max", "4000");
    Remedy.Files files =
        new Remedy.Files(
            dir.resolve("host/pid_max"), Optional.empty(), List.of(), Optional.empty());

    SysctlResult result =
        run(new Remedy.RaisePidMax(node.order(), files, 131_072, OptionalLong.empty()));

    assertThat(result.outcome()).isEqualTo(Outcome.NOT_IN_HOST_NAMESPACE);
    assertThat(node.read("host/pid_max")).isEqualTo("4000");
  }

  @Test
  void saysWhichWasNotWritten() throws IOException {
    Path gone = dir.resolve("host/cgroup-1/pids.max");

    SysctlResult result = run(node.raise(131_072, node.files(List.of(gone), Optional.empty())));

    assertThat(result.outcome()).isEqualTo(Outcome.PARTLY);
    assertThat(result.reasons())
        .containsExactly(Reason.of(Why.NOT_WRITTEN, gone.toString(), "ENOENT"));
    assertThat(result.written().getFirst().after()).isEqualTo("131072");
    assertThat(result.written().getLast())
        .isEqualTo(new Written(gone.toString(), "", "131072", ""));
    assertThat(gone).doesNotExist();
  }

  @Test
  void believesWhatIsReadBackAndNotWhatWasWritten() throws IOException {
    SysctlResult result =
        run(node.raise(131_072, node.files(List.of(Path.of("/dev/null")), Optional.empty())));

    assertThat(result.outcome()).isEqualTo(Outcome.PARTLY);
    assertThat(result.reasons()).containsExactly(Reason.of(Why.READS_BACK, "/dev/null", ""));
  }

  @Test
  void saysWhenTheKernelRefusesAndNothingWasChanged() throws IOException {
    raise(131_072);

    SysctlResult result =
        run(node.raise(131_072, node.files(List.of(Path.of("/dev/full")), Optional.empty())));

    assertThat(result.outcome()).isEqualTo(Outcome.REFUSED_BY_KERNEL);
    assertThat(result.reasons()).containsExactly(Reason.of(Why.NOT_WRITTEN, "/dev/full", "ENOSPC"));
  }

  @Test
  void keepsTheSettingOverAReboot() throws IOException {
    SysctlResult result = run(node.raise(131_072, node.filesToKeep()));

    assertThat(result.outcome()).isEqualTo(Outcome.DONE);
    assertThat(result.persisted()).isTrue();
    assertThat(result.persistedPath()).isEqualTo(node.persisted().toString());
    assertThat(Files.readString(node.persisted()))
        .startsWith("# Written by pidcheck.")
        .endsWith("\nkernel.pid_max = 131072\nkernel.threads-max = 262144\n");
    try (Stream<Path> files = Files.list(node.persisted().getParent())) {
      assertThat(files).containsExactly(node.persisted());
    }
  }

  @Test
  void doesNotWriteTheSameFileTwice() throws IOException {
    run(node.raise(131_072, node.filesToKeep()));
    FileTime once = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(node.persisted(), once);

    assertThat(run(node.raise(131_072, node.filesToKeep())).outcome())
        .isEqualTo(Outcome.NOTHING_TO_DO);
    assertThat(Files.getLastModifiedTime(node.persisted())).isEqualTo(once);
  }

  @Test
  void persistsWhereTheNodeHasTheValueAlready() throws IOException {
    raise(131_072);

    SysctlResult result = run(node.raise(131_072, node.filesToKeep()));

    assertThat(result.outcome()).isEqualTo(Outcome.DONE);
    assertThat(result.persisted()).isTrue();
  }

  @Test
  void persistsAHigherValueThatIsInForce() throws IOException {
    node.write("proc/sys/kernel/pid_max", "4194304");

    run(node.raise(131_072, node.filesToKeep()));

    assertThat(Files.readString(node.persisted())).contains("kernel.pid_max = 4194304\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kernel.pid_max = 70000",
        "# Written by pidcheck. Without this file the next boot has the system's own values.\n"
            + "kernel.pid_max = 70000\nvm.swappiness = 1"
      })
  void leavesSomebodyElsesFileAlone(String content) throws IOException {
    node.write("host/sysctl.d/99-pidcheck.conf", content);

    SysctlResult result = run(node.raise(131_072, node.filesToKeep()));

    assertThat(result.outcome()).isEqualTo(Outcome.PARTLY);
    assertThat(result.persisted()).isFalse();
    assertThat(result.reasons()).containsExactly(Reason.of(Why.NOT_OUR_FILE, "99-pidcheck.conf"));
    assertThat(node.read("host/sysctl.d/99-pidcheck.conf")).isEqualTo(content);
  }

  @Test
  void onlySaysWhatItWouldWrite() throws IOException {
    SysctlResult result =
        run(
            new Remedy.RaisePidMax(
                node.dryRun(), node.filesToKeep(), 131_072, OptionalLong.of(262_144)));

    assertThat(result.outcome()).isEqualTo(Outcome.WOULD_WRITE);
    assertThat(result.dryRun()).isTrue();
    assertThat(result.written().getFirst())
        .isEqualTo(new Written("pid_max", "1300", "131072", "1300"));
    assertThat(node.persisted()).doesNotExist();
    assertNothingWritten();
  }

  private void assertRefusedForItsNamespace() throws IOException {
    SysctlResult result = raise(131_072);

    assertThat(result.outcome()).isEqualTo(Outcome.NOT_IN_HOST_NAMESPACE);
    assertThat(result.reasons()).containsExactly(Reason.of(Why.OWN_NAMESPACE));
    assertNothingWritten();
  }

  private void assertNothingWritten() throws IOException {
    assertThat(node.read("proc/sys/kernel/pid_max")).isEqualTo("1300");
    assertThat(node.read("proc/sys/kernel/threads-max")).isEqualTo("1400");
    assertThat(node.read("host/cgroup-0/pids.max")).isEqualTo("1300");
  }

  private SysctlResult raise(long to) throws IOException {
    return run(node.raise(to, node.files()));
  }

  private static SysctlResult run(Remedy.RaisePidMax raise) throws IOException {
    return (SysctlResult) Act.of(raise);
  }
}
