package io.pidcheck.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The probe takes few PIDs where there are few. It is looked at while it lives: /proc/uptime is the
 * last file that it reads, here it is a pipe, and whoever opens a pipe waits for the other side.
 */
@Timeout(60)
class FrugalProbeIT {

  @TempDir private Path dir;
  private NodeFixture node;
  private Path pipe;

  @BeforeEach
  void putAPipeInItsWay() throws Exception {
    node = NodeFixture.layOut("leaking-service", dir);
    pipe = node.proc().resolve("uptime");
    Files.delete(pipe);
    run("mkfifo", pipe.toString());
  }

  @Test
  void isTenThreadsAtMost() throws Exception {
    Process probe = start();
    try (OutputStream held = Files.newOutputStream(pipe)) {
      List<String> threads = Pids.threads(probe.pid());
      assertThat(threads).contains("java").hasSizeLessThanOrEqualTo(10);
      release(held);
    }
    assertThat(ProbeProcess.exitCode(probe)).isZero();
  }

  @Test
  void startsNoProcess() throws Exception {
    Process probe = start();
    try (OutputStream held = Files.newOutputStream(pipe)) {
      assertThat(Pids.hadChildren(probe.pid())).isFalse();
      release(held);
    }
    assertThat(ProbeProcess.exitCode(probe)).isZero();
  }

  @Test
  void isTenThreadsAtMostAndStartsNoProcessWhenItKills() throws Exception {
    String heard = "trap 'echo heard' TERM; sleep 1000 & echo ready; while :; do wait; done";
    try (Victim victim = Victim.of("sh", "-c", heard)) {
      Process probe =
          ProbeProcess.builder(
                  ProbeProcess.command(
                      ProbeProcess.JAR,
                      ProbeProcess.FLAGS,
                      "kill",
                      "--node=worker-7",
                      "--boot-id=" + Pids.bootId(),
                      "--grace=300s",
                      Pids.target(victim.pid())))
              .redirectErrorStream(true)
              .redirectOutput(dir.resolve("out").toFile())
              .start();
      assertThat(victim.said()).isEqualTo("heard");
      assertThat(Pids.threads(probe.pid())).contains("java").hasSizeLessThanOrEqualTo(10);
      assertThat(Pids.hadChildren(probe.pid())).isFalse();

      victim.kill();
      assertThat(ProbeProcess.exitCode(probe)).isZero();
    }
  }

  /** Without this the test above could not fail. */
  @Test
  void wouldNoticeAProcessThatEndedLongAgo() throws Exception {
    Process shell = new ProcessBuilder("sh", "-c", "/bin/ls / >/dev/null; read x <" + pipe).start();
    try (OutputStream held = Files.newOutputStream(pipe)) {
      assertThat(Pids.hadChildren(shell.pid())).isTrue();
      release(held);
    }
    ProbeProcess.exitCode(shell);
  }

  private Process start() throws IOException {
    return ProbeProcess.builder(
            ProbeProcess.command(
                ProbeProcess.JAR,
                ProbeProcess.FLAGS,
                "inspect",
                "--proc=" + node.proc(),
                "--cgroup=" + node.cgroup(),
                "--termination-log=" + dir.resolve("log")))
        .redirectErrorStream(true)
        .redirectOutput(dir.resolve("out").toFile())
        .start();
  }

  private static void release(OutputStream pipe) throws IOException {
    pipe.write("1.00 1.00\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
