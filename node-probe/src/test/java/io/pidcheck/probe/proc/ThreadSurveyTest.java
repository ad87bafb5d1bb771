package io.pidcheck.probe.proc;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.probe.report.ThreadNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadSurveyTest {

  @ParameterizedTest
  @CsvSource({
    "pool-12-thread-3, pool-#-thread-#, 12",
    ".NET TP Worker, .NET TP Worker, ''",
    "Thread-00017, Thread-#, 00017",
    "42, #, 42",
    "'', '', ''",
  })
  void foldsNumbers(String name, String folded, String first) {
    assertThat(ThreadSurvey.foldDigits(name)).isEqualTo(folded);
    assertThat(ThreadSurvey.firstNumber(name)).isEqualTo(first);
  }

  @Test
  void tellsAnExecutorPerCallFromOneThatGrows(@TempDir Path proc) throws IOException {
    for (int i = 0; i < 40; i++) {
      task(proc, 100 + i, "pool-" + i + "-thread-1");
      task(proc, 200 + i, "grow-1-thread-" + i);
    }

    assertThat(survey(proc, 80))
        .isEqualTo(
            new ThreadNames(
                9,
                80,
                java.util.List.of(
                    new ThreadNames.Name("grow-#-thread-#", 40, 1),
                    new ThreadNames.Name("pool-#-thread-#", 40, 40)),
                0));
  }

  @Test
  void saysHowManyItLookedAt(@TempDir Path proc) throws IOException {
    for (int i = 0; i < 700; i++) {
      task(proc, 100 + i, "worker");
    }

    ThreadNames names = survey(proc, 700);
    assertThat(names.counted()).isEqualTo(ThreadSurvey.MAX_READ);
    assertThat(names.names()).containsExactly(new ThreadNames.Name("worker", 256, 0));
  }

  @Test
  void looksAtTheOldestOfVeryMany(@TempDir Path proc) throws IOException {
    for (int i = 0; i < 20; i++) {
      task(proc, 100 + i, "worker");
    }

    assertThat(survey(proc, 1_000_000).counted()).isEqualTo(20);
  }

  @Test
  void boundsTheNamesAndCountsTheRest(@TempDir Path proc) throws IOException {
    for (int i = 0; i < 26; i++) {
      task(proc, 100 + i, "t-" + (char) ('a' + i));
    }

    ThreadNames names = survey(proc, 26);
    assertThat(names.names()).hasSize(ThreadSurvey.MAX_NAMES);
    assertThat(names.otherThreads()).isEqualTo(26 - ThreadSurvey.MAX_NAMES);
  }

  @Test
  void countsNothingOfAProcessThatEnded(@TempDir Path proc) {
    assertThat(survey(proc, 5).counted()).isZero();
  }

  private static ThreadNames survey(Path proc, long threads) {
    ProcessStat stat = new ProcessStat(9, 1, 'S', false, threads, 1, "x");
    return ThreadSurvey.of(new ProcFs(proc, new Unread()), stat);
  }

  private static void task(Path proc, int tid, String name) throws IOException {
    Path task = Files.createDirectories(proc.resolve("9/task/" + tid));
    Files.writeString(task.resolve("comm"), name + "\n");
  }
}
