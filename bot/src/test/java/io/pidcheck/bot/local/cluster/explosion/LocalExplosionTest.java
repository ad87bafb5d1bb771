package io.pidcheck.bot.local.cluster.explosion;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LocalExplosionTest {

  @Test
  void looksLikeADotnetServiceToTheKernel() throws Exception {
    try (LocalExplosion explosion = LocalExplosion.start(200)) {
      Path process = Path.of("/proc/" + explosion.pid());

      assertThat(process.resolve("comm")).hasContent("dotnet");
      assertThat(Files.readString(process.resolve("cmdline")).split("\0"))
          .hasSize(5)
          .contains("Orders.dll")
          .anyMatch(argument -> argument.endsWith("Password=" + LocalExplosion.SECRET));
      Map<String, Long> names = threadNames(process);
      assertThat(names)
          .containsEntry(".NET TP Worker", 195L)
          .containsEntry(".NET TP Gate", 1L)
          .containsEntry(".NET Timer", 1L)
          .containsEntry(".NET Sockets", 1L)
          .containsEntry(".NET Tiered Com", 1L)
          .containsEntry(".NET Finalizer", 1L);
      assertThat(names.values().stream().mapToLong(Long::longValue).sum()).isBetween(200L, 220L);
    }
  }

  @Test
  void endsWithAllItsFilesWhenClosed() throws Exception {
    LocalExplosion explosion = LocalExplosion.start(10);
    ProcessHandle process = ProcessHandle.of(explosion.pid()).orElseThrow();
    Path directory = Files.readSymbolicLink(Path.of("/proc/" + explosion.pid() + "/cwd"));

    explosion.close();

    assertThat(process.isAlive()).isFalse();
    assertThat(directory).doesNotExist();
  }

  @Test
  void diesWithWhoeverStartedIt() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long pid = Long.parseLong(parent.inputReader().readLine());
    ProcessHandle explosion = ProcessHandle.of(pid).orElseThrow();
    Path directory = Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"));

    parent.destroyForcibly().waitFor();

    explosion.onExit().get(10, TimeUnit.SECONDS);
    assertThat(explosion.isAlive()).isFalse();
    assertThat(directory).doesNotExist();
  }

  @Test
  void refusesMoreThreadsThanThePidSpaceCanSpare() {
    Optional<ThreadBudget> machine = Optional.of(new ThreadBudget(32768, 700));

    assertThatThrownBy(() -> LocalExplosion.refuseTooMany(31069, machine))
        .isInstanceOf(ExplosionFailed.class)
        .hasMessage(
            "cannot start 31069 threads: pid_max is 32768, 700 are in use and 1000 are left alone;"
                + " at most 31068");
  }

  @Test
  void acceptsAllThatThePidSpaceCanSpare() throws Exception {
    LocalExplosion.refuseTooMany(31068, Optional.of(new ThreadBudget(32768, 700)));
  }

  @Test
  void readsTheBudgetFromProc() throws Exception {
    Path proc = Files.createTempDirectory("proc");
    Files.createDirectories(proc.resolve("sys/kernel"));
    Files.writeString(proc.resolve("sys/kernel/pid_max"), "4096\n");
    Files.writeString(proc.resolve("loadavg"), "0.61 0.61 0.55 3/828 22084\n");

    assertThat(ThreadBudget.ofThisMachine(proc)).contains(new ThreadBudget(4096, 828));
  }

  /** Starts an explosion and waits to be killed. */
  static final class Parent {
    public static void main(String[] args) throws Exception {
      LocalExplosion explosion = LocalExplosion.start(10);
      System.out.println(explosion.pid());
      new java.util.concurrent.CountDownLatch(1).await();
    }
  }

  private static Map<String, Long> threadNames(Path process) throws IOException {
    try (Stream<Path> tasks = Files.list(process.resolve("task"))) {
      List<Path> all = tasks.toList();
      return all.stream().collect(groupingBy(LocalExplosionTest::comm, counting()));
    }
  }

  private static String comm(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip();
    } catch (IOException e) {
      return "gone";
    }
  }
}
