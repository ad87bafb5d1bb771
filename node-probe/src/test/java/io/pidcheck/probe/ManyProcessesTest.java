package io.pidcheck.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.OwnerUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod of 500 processes: pids 1001 to 1500, and one outside of it, 1600. */
class ManyProcessesTest {

  private static final String POD = "/kubepods/pod01234567-0000-4000-8000-000000000000";
  private static final int FIRST = 1001;
  private static final int LAST = 1500;
  private static final int OUTSIDE = 1600;

  @TempDir private Path dir;

  @BeforeEach
  void layOut() throws IOException {
    process(1, "/init.scope");
    for (int pid = FIRST; pid <= LAST; pid++) {
      process(pid, POD + "/c");
    }
    process(OUTSIDE, "/system.slice/cron.service");
    write("cgroup/cgroup.controllers", "pids");
  }

  @Test
  void asksTheCgroupOnceAndNotEachProcess() throws IOException {
    list(FIRST, LAST);
    // whoever has no file cannot have been asked; without the list they would all be missing
    for (int pid = FIRST; pid <= LAST; pid += 10) {
      Files.delete(dir.resolve("proc/" + pid + "/cgroup"));
    }
    NodeReport report = report();

    assertThat(pod(report).processes()).isGreaterThan(450);
    assertThat(report.owners())
        .anyMatch(owner -> owner.path().equals("/system.slice/cron.service"));
  }

  @Test
  void asksThoseThatTheListDoesNotHave() throws IOException {
    list(FIRST, FIRST + 99);

    assertThat(pod(report()).processes()).isEqualTo(500);
  }

  @Test
  void asksEachWhereThereIsNoList() throws IOException {
    assertThat(pod(report()).processes()).isEqualTo(500);
    assertThat(report().missing().toString()).doesNotContain("cgroup.procs");
  }

  private NodeReport report() throws IOException {
    return new NodeFixture(dir).inspection().report();
  }

  private static OwnerUse pod(NodeReport report) {
    return report.owners().stream().filter(o -> o.path().equals(POD)).findFirst().orElseThrow();
  }

  private void list(int first, int last) throws IOException {
    String pids =
        IntStream.rangeClosed(first, last)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining("\n"));
    write("cgroup" + POD + "/c/cgroup.procs", pids);
  }

  private void process(int pid, String cgroup) throws IOException {
    write(
        "proc/" + pid + "/stat",
        "%d (worker) S 1 %d %d 0 -1 4194304 0 0 0 0 0 0 0 0 20 0 1 0 %d 0 0"
            .formatted(pid, pid, pid, pid));
    write("proc/" + pid + "/cgroup", "0::" + cgroup);
  }

  private void write(String path, String content) throws IOException {
    Files.createDirectories(dir.resolve(path).getParent());
    Files.writeString(dir.resolve(path), content + "\n");
  }
}
