package io.pidcheck.probe;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.probe.proc.SecondReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The probe as its pod runs it: uid 65532, no capabilities, no new privileges. */
class UnprivilegedProbeIT {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String UID = "65532";

  @TempDir private Path dir;

  @BeforeEach
  void mayChangeItsUser() throws IOException {
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    boolean setpriv = Files.isExecutable(Path.of("/usr/bin/setpriv"));
    Assumptions.assumeTrue(root && setpriv, "skipped: needs root and setpriv to become uid 65532");
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void readsOwnerLimitsCgroupAndThreadNamesOfOthersProcesses() throws Exception {
    JsonNode report = inspect("--top=1000");

    JsonNode others = ProbeProcess.entry(report, ProcessHandle.current().pid());
    assertThat(others.at("/uid").asLong()).isZero();
    assertThat(others.at("/nproc").isNull()).isFalse();
    assertThat(others.at("/cgroup").asString()).startsWith("/");
    assertThat(others.at("/commandLine").asString()).contains("java");
    assertThat(report.at("/threadNames/0/counted").asInt()).isPositive();
    assertThat(report.at("/missing").toString()).doesNotContain("/proc/<pid>/");
  }

  @Test
  void namesWhatItMayNotRead() throws Exception {
    NodeFixture node = NodeFixture.layOut("zombies", dir.resolve("node"));
    open(node.root());
    for (String file : List.of("400/stat", "401/cgroup", "1/limits", "meminfo")) {
      Files.setPosixFilePermissions(
          node.proc().resolve(file), PosixFilePermissions.fromString("---------"));
    }

    JsonNode report = inspect("--proc=" + node.proc(), "--cgroup=" + node.cgroup());

    assertThat(report.at("/missing").toString())
        .contains("{\"what\":\"/proc/<pid>/stat (1 process)\",\"why\":\"permission denied\"}")
        .contains("{\"what\":\"/proc/<pid>/cgroup (1 process)\",\"why\":\"permission denied\"}")
        .contains("{\"what\":\"/proc/<pid>/limits (1 process)\",\"why\":\"permission denied\"}")
        .contains("{\"what\":\"/proc/meminfo\",\"why\":\"permission denied\"}");
    assertThat(report.at("/use/processes").asInt()).isEqualTo(11);
  }

  /** The JVM's own ten threads are all that it may have. */
  @Test
  void readsAloneWhereItMayStartNoSecondReader() throws Exception {
    int processes = SecondReader.MANY + 100;
    Path proc = dir.resolve("proc");
    for (int pid = 1; pid <= processes; pid++) {
      Path process = Files.createDirectories(proc.resolve(Integer.toString(pid)));
      Files.writeString(
          process.resolve("stat"),
          pid + " (worker) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 " + pid + " 0 0\n");
    }
    open(dir);

    ProbeProcess.Ended alone = limited(10, "--proc=" + proc);
    assertThat(alone.exitCode()).as(alone.out() + alone.err()).isZero();
    assertThat(alone.out()).contains("Failed to start", "second reader");
    assertThat(report(alone).at("/use/processes").asInt()).isEqualTo(processes);

    ProbeProcess.Ended two = limited(11, "--proc=" + proc);
    assertThat(two.out()).doesNotContain("Failed to start");
    assertThat(report(two).at("/use/processes").asInt()).isEqualTo(processes);
  }

  private static JsonNode report(ProbeProcess.Ended ended) {
    return JSON.readTree(
        ended.out().lines().filter(line -> line.startsWith("{")).findFirst().orElseThrow());
  }

  /** As a user of its own, whose RLIMIT_NPROC nobody else uses up. */
  private ProbeProcess.Ended limited(int nproc, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("/usr/bin/prlimit", "--nproc=" + nproc));
    command.addAll(unprivileged("65531", arguments));
    return ProbeProcess.run(dir, command);
  }

  private JsonNode inspect(String... arguments) throws Exception {
    ProbeProcess.Ended ended = ProbeProcess.run(dir, unprivileged(UID, arguments));
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    return JSON.readTree(ended.out());
  }

  private List<String> unprivileged(String uid, String... arguments) throws IOException {
    Path jar = Files.copy(ProbeProcess.JAR, dir.resolve("node-probe.jar"), REPLACE_EXISTING);
    Path flags = Files.copy(ProbeProcess.FLAGS, dir.resolve("jvm.args"), REPLACE_EXISTING);
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/setpriv",
                "--reuid=" + uid,
                "--regid=" + uid,
                "--clear-groups",
                "--inh-caps=-all",
                "--bounding-set=-all",
                "--no-new-privs",
                "--"));
    command.addAll(ProbeProcess.command(jar, flags, "inspect"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static void open(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        String rights = Files.isDirectory(file) ? "rwxr-xr-x" : "rw-r--r--";
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
      }
    }
  }
}
