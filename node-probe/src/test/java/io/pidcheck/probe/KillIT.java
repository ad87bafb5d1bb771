package io.pidcheck.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real processes, killed by the packaged program. */
@Timeout(120)
class KillIT {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int BY_SIGTERM = 128 + 15;
  private static final int BY_SIGKILL = 128 + 9;

  @TempDir private Path scratch;

  @Test
  void endsAProcessThatHeedsSigterm() throws Exception {
    try (Victim victim = Victim.thatEndsOnSigterm()) {
      JsonNode result = kill(Pids.target(victim.pid()));

      assertThat(outcome(result)).isEqualTo("TERMINATED");
      assertThat(victim.ended()).isEqualTo(BY_SIGTERM);
      assertThat(result.at("/tasksBefore").asInt()).isPositive();
      assertThat(result.at("/tasksAfter").asInt()).isPositive();
    }
  }

  @Test
  void killsAProcessThatDoesNot() throws Exception {
    try (Victim victim = Victim.thatIgnoresSigterm()) {
      JsonNode result = kill("--grace=100ms", Pids.target(victim.pid()));

      assertThat(outcome(result)).isEqualTo("KILLED");
      assertThat(victim.ended()).isEqualTo(BY_SIGKILL);
      assertThat(result.at("/targets/0/comm").asString()).isEqualTo("sleep");
      assertThat(result.at("/targets/0/tookMillis").asInt()).isGreaterThanOrEqualTo(100);
    }
  }

  @Test
  void givesAllOneGraceAndNotOneEach() throws Exception {
    try (Victim one = Victim.thatIgnoresSigterm();
        Victim two = Victim.thatIgnoresSigterm();
        Victim three = Victim.thatEndsOnSigterm()) {
      JsonNode result =
          kill(
              "--grace=4s",
              Pids.target(one.pid()),
              Pids.target(three.pid()),
              Pids.target(two.pid()));

      assertThat(result.at("/targets").valueStream().map(t -> t.at("/outcome").asString()))
          .containsExactly("KILLED", "TERMINATED", "KILLED");
      assertThat(result.at("/targets/2/tookMillis").asInt()).isBetween(4000, 7999);
    }
  }

  @Test
  void findsOneThatIsGone() throws Exception {
    Victim victim = Victim.thatEndsOnSigterm();
    String target = Pids.target(victim.pid());
    victim.kill();
    victim.ended();

    assertThat(outcome(kill(target))).isEqualTo("ALREADY_GONE");
  }

  @Test
  void sparesAProcessThatStartedAtAnotherTime() throws Exception {
    try (Victim victim = Victim.thatEndsOnSigterm()) {
      long startTicks = Pids.startTicks(victim.pid());
      JsonNode result = kill("--target=" + victim.pid() + ":" + (startTicks - 1));

      assertThat(outcome(result)).isEqualTo("ANOTHER_PROCESS");
      assertThat(reason(result)).containsExactly("STARTED_LATER", Long.toString(startTicks));
      assertThat(victim.lives()).isTrue();
    }
  }

  @Test
  void sparesAThreadThatHasTheIdNow() throws Exception {
    long self = ProcessHandle.current().pid();
    String thread;
    try (var tasks = Files.list(Path.of("/proc/self/task"))) {
      thread =
          tasks
              .map(task -> task.getFileName().toString())
              .filter(id -> Long.parseLong(id) != self)
              .findFirst()
              .orElseThrow();
    }
    JsonNode result = kill("--target=" + thread + ":" + Pids.startTicks(self));

    assertThat(outcome(result)).isEqualTo("ANOTHER_PROCESS");
    assertThat(reason(result)).containsExactly("IS_A_THREAD");
  }

  @Test
  void namesTheParentOfAZombie() throws Exception {
    // the sleep that the shell becomes does not wait for the child that the shell had
    try (Victim parent = Victim.of("sh", "-c", "sleep 0.01 & echo ready; echo $!; exec sleep 99")) {
      long pid = Long.parseLong(parent.said());
      await().until(() -> Pids.state(pid) == 'Z' && comm(parent.pid()).equals("sleep"));

      JsonNode result = kill(Pids.target(pid));

      assertThat(outcome(result)).isEqualTo("ZOMBIE");
      assertThat(reason(result))
          .containsExactly("NOT_WAITED_FOR", Long.toString(parent.pid()), "sleep");
      assertThat(Pids.state(pid)).isEqualTo('Z');
      assertThat(parent.lives()).isTrue();
    }
  }

  @Test
  void waitsUntilTheParentHasWaitedForIt() throws Exception {
    try (Victim parent =
        Victim.of("sh", "-c", "sleep 1000 & echo ready; echo $!; sleep 0.5; wait; exec sleep 99")) {
      long pid = Long.parseLong(parent.said());
      await().until(() -> comm(pid).equals("sleep"));

      JsonNode result = kill("--grace=2s", Pids.target(pid));

      assertThat(outcome(result)).isEqualTo("TERMINATED");
      assertThat(result.at("/targets/0/reasons")).isEmpty();
      assertThat(Path.of("/proc/" + pid)).doesNotExist();
      assertThat(parent.lives()).isTrue();
    }
  }

  @Test
  void countsOnlyWhenAllItsThreadsAreGone() throws Exception {
    int threads = 4_000;
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String source = Path.of("bench", "Threads.java").toAbsolutePath().toString();
    try (Victim victim = Victim.of(java, "-Xss256k", source, Integer.toString(threads))) {
      JsonNode result = kill("--grace=0s", Pids.target(victim.pid()));

      assertThat(outcome(result)).isIn("KILLED", "TERMINATED");
      // others come and go on this machine, but not by the thousand
      assertThat(result.at("/tasksBefore").asInt() - result.at("/tasksAfter").asInt())
          .isGreaterThan(threads - 1_000);
    }
  }

  @Test
  void protectsTheKubeletByItsName() throws Exception {
    Path kubelet = scratch.resolve("kubelet");
    Files.copy(Path.of("/bin/sleep"), kubelet);
    try (Victim victim = Victim.of("sh", "-c", "echo ready; exec " + kubelet + " 1000")) {
      await().until(() -> comm(victim.pid()).equals("kubelet"));
      JsonNode result = kill("--grace=0s", Pids.target(victim.pid()));

      assertThat(outcome(result)).isEqualTo("PROTECTED");
      assertThat(reason(result)).containsExactly("IS_KUBELET");
      assertThat(victim.lives()).isTrue();
    }
  }

  @Test
  void protectsWhatTheSettingsName() throws Exception {
    try (Victim victim = Victim.thatEndsOnSigterm()) {
      await().until(() -> comm(victim.pid()).equals("sleep"));

      assertThat(outcome(kill("--protect=sleep", Pids.target(victim.pid()))))
          .isEqualTo("PROTECTED");
      assertThat(victim.lives()).isTrue();
    }
  }

  @Test
  void protectsProcessOne() throws Exception {
    assertThat(outcome(kill("--dry-run", Pids.target(1)))).isEqualTo("PROTECTED");
  }

  @Test
  void saysWhenItMayNot() throws Exception {
    Assumptions.assumeTrue(
        Pids.root() && Files.isExecutable(Path.of("/usr/bin/setpriv")),
        "skipped: needs root and setpriv to become a user who may not");
    Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path jar = Files.copy(ProbeProcess.JAR, scratch.resolve("node-probe.jar"));
    Path flags = Files.copy(ProbeProcess.FLAGS, scratch.resolve("jvm.args"));
    try (Victim victim = Victim.thatEndsOnSigterm()) {
      List<String> command =
          new ArrayList<>(
              List.of("/usr/bin/setpriv", "--reuid=65532", "--regid=65532", "--clear-groups"));
      command.addAll(ProbeProcess.command(jar, flags, arguments(Pids.target(victim.pid()))));
      ProbeProcess.Ended ended = ProbeProcess.run(scratch, command);

      assertThat(ended.exitCode()).as(ended.err()).isZero();
      assertThat(outcome(JSON.readTree(ended.out()))).isEqualTo("NOT_PERMITTED");
      assertThat(victim.lives()).isTrue();
    }
  }

  @Test
  void doesNothingAfterAReboot() throws Exception {
    try (Victim victim = Victim.thatEndsOnSigterm()) {
      ProbeProcess.Ended ended =
          ProbeProcess.run(
              scratch,
              "kill",
              "--node=worker-7",
              "--boot-id=00000000-0000-4000-8000-000000000000",
              Pids.target(victim.pid()));

      JsonNode result = JSON.readTree(ended.out());
      assertThat(outcome(result)).isEqualTo("NOT_TRIED");
      assertThat(result.at("/bootId").asString()).isEqualTo(Pids.bootId());
      assertThat(victim.lives()).isTrue();
    }
  }

  @Test
  void onlySaysWhatItWouldDo() throws Exception {
    try (Victim victim = Victim.thatEndsOnSigterm()) {
      JsonNode result = kill("--dry-run", Pids.target(victim.pid()));

      assertThat(outcome(result)).isEqualTo("WOULD_KILL");
      assertThat(result.at("/dryRun").asBoolean()).isTrue();
      assertThat(victim.lives()).isTrue();
    }
  }

  /** A process in a frozen cgroup (v1) is in state D and takes no signal until it is thawed. */
  @Test
  void saysWhenNotEvenSigkillHelps() throws Exception {
    Path freezer = Path.of("/sys/fs/cgroup/freezer");
    Assumptions.assumeTrue(
        Pids.root() && Files.isWritable(freezer.resolve("cgroup.procs")),
        "skipped: needs root and the freezer of cgroup v1 to make a process that cannot be killed");
    Path frozen = freezer.resolve("pidcheck-test-" + ProcessHandle.current().pid());
    Files.createDirectory(frozen);
    try (Victim victim = Victim.thatEndsOnSigterm()) {
      Files.writeString(frozen.resolve("cgroup.procs"), Long.toString(victim.pid()));
      Files.writeString(frozen.resolve("freezer.state"), "FROZEN");
      await().until(() -> Pids.state(victim.pid()) == 'D');

      JsonNode result = kill("--grace=0s", Pids.target(victim.pid()));

      Files.writeString(frozen.resolve("freezer.state"), "THAWED");
      assertThat(outcome(result)).isEqualTo("STILL_THERE_UNINTERRUPTIBLE");
      assertThat(reason(result)).containsExactly("IN_STATE", "D", "1");
      victim.ended();
    } finally {
      Files.writeString(frozen.resolve("freezer.state"), "THAWED");
      await().until(() -> Files.readString(frozen.resolve("cgroup.procs")).isEmpty());
      Files.delete(frozen);
    }
  }

  @Test
  void leavesItsResultAsTheTerminationMessageToo() throws Exception {
    Path log = Files.createFile(scratch.resolve("termination-log"));
    JsonNode result = kill("--termination-log=" + log, "--target=4194304:1");

    assertThat(JSON.readTree(Files.readString(log))).isEqualTo(result);
  }

  @Test
  void saysWhenThereIsNoProc() throws Exception {
    ProbeProcess.Ended ended =
        ProbeProcess.run(scratch, arguments("--proc=" + scratch.resolve("none"), "--target=2:1"));

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("node-probe: cannot read ").containsOnlyOnce("\n");
  }

  private JsonNode kill(String... options) throws IOException, InterruptedException {
    ProbeProcess.Ended ended = ProbeProcess.run(scratch, arguments(options));
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).endsWith("}\n").containsOnlyOnce("\n");
    return JSON.readTree(ended.out());
  }

  private static String[] arguments(String... options) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("kill", "--node=worker-7", "--boot-id=" + Pids.bootId()));
    all.addAll(List.of(options));
    return all.toArray(String[]::new);
  }

  private static String outcome(JsonNode result) {
    return result.at("/targets/0/outcome").asString();
  }

  /** The only reason, and its details. */
  private static List<String> reason(JsonNode result) {
    assertThat(result.at("/targets/0/reasons")).hasSize(1);
    JsonNode reason = result.at("/targets/0/reasons/0");
    List<String> said = new ArrayList<>(List.of(reason.at("/why").asString()));
    reason.at("/details").forEach(detail -> said.add(detail.asString()));
    return said;
  }

  private static String comm(long pid) throws IOException {
    return Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
  }
}
