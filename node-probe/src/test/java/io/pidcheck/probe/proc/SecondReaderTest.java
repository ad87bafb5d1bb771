package io.pidcheck.probe.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondReaderTest {

  @TempDir private Path proc;

  @Test
  void readsFromTheEndWhatNobodyElseTook() throws IOException {
    processes(1, 6);
    // the first reader has begun with two of six
    SecondReader second = start(new AtomicInteger(4), 1, 2, 3, 4, 5, 6);

    assertThat(pids(second.found(new Unread()))).containsExactly(3, 4, 5, 6);
  }

  @Test
  void leavesOutWhoeverEnded() throws IOException {
    processes(1, 2);
    SecondReader second = start(new AtomicInteger(3), 1, 9, 2);

    assertThat(pids(second.found(new Unread()))).containsExactly(1, 2);
  }

  @Test
  void notesWhatItCouldNotReadTogetherWithWhatWasNotedBefore() throws IOException {
    Files.createDirectories(proc.resolve("7/stat")); // reading a directory fails
    Files.createDirectories(proc.resolve("8/stat"));
    Unread noted = new Unread();
    noted.addProcess("/proc/<pid>/stat", "cannot be read");
    noted.add("/proc/meminfo", "permission denied");
    List<ProcessStat> found = start(new AtomicInteger(2), 7, 8).found(noted);

    assertThat(found).isEmpty();
    assertThat(noted.list().toString())
        .contains("/proc/<pid>/stat (3 processes)")
        .contains("/proc/meminfo");
  }

  private SecondReader start(AtomicInteger left, int... pids) {
    return Objects.requireNonNull(
        SecondReader.start(pids, left, new ProcFs(proc, new Unread())), "no thread to be had");
  }

  private static List<Integer> pids(List<ProcessStat> found) {
    return found.stream().map(ProcessStat::pid).toList();
  }

  private void processes(int first, int last) throws IOException {
    for (int pid = first; pid <= last; pid++) {
      Path stat = Files.createDirectories(proc.resolve(Integer.toString(pid))).resolve("stat");
      Files.writeString(
          stat, pid + " (w) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 " + pid + " 0 0\n");
    }
  }
}
