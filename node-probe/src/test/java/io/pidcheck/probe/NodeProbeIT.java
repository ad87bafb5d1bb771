package io.pidcheck.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.probe.report.TerminationMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged program, from the outside. */
class NodeProbeIT {

  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir private Path scratch;

  @Test
  void printsOneLineOfJsonAndLeavesTheShortForm(@TempDir Path dir) throws Exception {
    NodeFixture node = NodeFixture.layOut("incident", dir);
    Path log = Files.createFile(scratch.resolve("termination-log"));

    ProbeProcess.Ended ended =
        ProbeProcess.run(
            scratch,
            "inspect",
            "--proc=" + node.proc(),
            "--cgroup=" + node.cgroup(),
            "--node=worker-7",
            "--top=3",
            "--termination-log=" + log);

    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).endsWith("}\n").containsOnlyOnce("\n");
    JsonNode report = JSON.readTree(ended.out());
    assertThat(report.at("/node/name").asString()).isEqualTo("worker-7");
    assertThat(report.at("/use/threads").asInt()).isEqualTo(31635);
    assertThat(report.at("/processes")).hasSize(3);
    assertThat(Files.size(log)).isBetween(1000L, (long) TerminationMessage.MAX_BYTES);
    assertThat(JSON.readTree(Files.readString(log)).at("/processes/0/pid").asInt())
        .isEqualTo(30855);
  }

  @Test
  void readsThisMachine() throws Exception {
    ProbeProcess.Ended ended = ProbeProcess.run(scratch, "inspect", "--top=1000");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    JsonNode report = JSON.readTree(ended.out());
    assertThat(report.at("/node/bootId").asString())
        .isEqualTo(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
    assertThat(report.at("/limits/pidMax").asLong()).isGreaterThan(300);
    JsonNode self = ProbeProcess.entry(report, ProcessHandle.current().pid());
    assertThat(self.at("/threads").asInt()).isGreaterThan(1);
    assertThat(self.at("/commandLine").asString()).contains("java");
  }

  @Test
  void countsAgainWhatHasGrownMeanwhile() throws Exception {
    NodeFixture node = NodeFixture.layOut("incident", scratch.resolve("node"));

    JsonNode report = inspect(node, () -> grow(node, 21_417));

    assertThat(report.at("/use/threads").asInt()).isEqualTo(31635);
    assertThat(report.at("/later/threads").asInt()).isEqualTo(31735);
    assertThat(report.at("/later/afterMillis").asInt()).isPositive();
  }

  @Test
  void asksTheKernelForItsTotalWhereThatIsOfTheTasksItCounted() throws Exception {
    NodeFixture node = NodeFixture.layOut("incident", scratch.resolve("node"));
    total(node, 31_700);

    JsonNode report =
        inspect(
            node,
            () -> {
              grow(node, 25_417); // had it counted one by one, it would have seen these
              total(node, 31_900);
            });

    assertThat(report.at("/use/threads").asInt()).isEqualTo(31635);
    assertThat(report.at("/later/threads").asInt()).isEqualTo(31835);
    assertThat(report.at("/later/afterMillis").asInt()).isPositive();
  }

  @Test
  void countsThemOneByOneWhereTheKernelsTotalIsOfOthersToo() throws Exception {
    NodeFixture node = NodeFixture.layOut("incident", scratch.resolve("node"));
    total(node, 35_000);

    JsonNode report =
        inspect(
            node,
            () -> {
              grow(node, 21_417);
              total(node, 39_000);
            });

    assertThat(report.at("/use/threads").asInt()).isEqualTo(31635);
    assertThat(report.at("/later/threads").asInt()).isEqualTo(31735);
    assertThat(report.at("/later/afterMillis").asInt()).isPositive();
  }

  /** What happens to a node between the two counts. */
  private interface Meanwhile {
    void happens() throws IOException;
  }

  /** The report on a node to which that happens after the first count, and before the second. */
  private JsonNode inspect(NodeFixture node, Meanwhile meanwhile) throws Exception {
    // the probe stands here, after its first count, until it is let go on
    Path pipe = node.proc().resolve("uptime");
    Files.delete(pipe);
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor())
        .isZero();
    Path out = scratch.resolve("out");
    Process probe =
        ProbeProcess.builder(
                ProbeProcess.command(
                    ProbeProcess.JAR,
                    ProbeProcess.FLAGS,
                    "inspect",
                    "--proc=" + node.proc(),
                    "--cgroup=" + node.cgroup(),
                    "--second-count-after=1ms"))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try (OutputStream held = Files.newOutputStream(pipe)) {
      meanwhile.happens();
      held.write("1.00 1.00\n".getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(ProbeProcess.exitCode(probe)).isZero();
    return JSON.readTree(Files.readString(out));
  }

  /** The biggest process of the incident has so many threads now, of 21,317. */
  private static void grow(NodeFixture node, int threads) throws IOException {
    Path stat = node.proc().resolve("30855/stat");
    Files.writeString(stat, Files.readString(stat).replace(" 21317 ", " " + threads + " "));
  }

  /** The kernel's own count of all tasks, proc_loadavg(5). */
  private static void total(NodeFixture node, int tasks) throws IOException {
    Path loadavg = node.proc().resolve("loadavg");
    Files.writeString(loadavg, "1.00 1.00 1.00 3/" + tasks + " 4711\n");
  }

  @Test
  void countsOnceWhereNoSecondCountIsWanted() throws Exception {
    ProbeProcess.Ended ended = ProbeProcess.run(scratch, "inspect", "--second-count-after=0s");

    assertThat(JSON.readTree(ended.out()).at("/later").isNull()).isTrue();
  }

  @Test
  void saysInOneLineWhyThereIsNoReport() throws Exception {
    Path log = Files.createFile(scratch.resolve("termination-log"));

    ProbeProcess.Ended ended =
        ProbeProcess.run(
            scratch, "inspect", "--proc=" + scratch.resolve("none"), "--termination-log=" + log);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("node-probe: cannot read ").containsOnlyOnce("\n");
    assertThat(Files.readString(log)).isEqualTo(ended.err().strip());
  }

  @Test
  void refusesWhatItDoesNotKnow() throws Exception {
    ProbeProcess.Ended ended = ProbeProcess.run(scratch, "inspect", "--force");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("node-probe: unknown argument").containsOnlyOnce("\n");
  }

  @Test
  void saysWhenNobodyTakesTheReport() throws Exception {
    ProcessBuilder builder =
        ProbeProcess.builder(ProbeProcess.command(ProbeProcess.JAR, ProbeProcess.FLAGS, "inspect"));
    Path err = scratch.resolve("err");
    Process process =
        builder.redirectOutput(Path.of("/dev/full").toFile()).redirectError(err.toFile()).start();

    assertThat(ProbeProcess.exitCode(process)).isEqualTo(1);
    assertThat(Files.readString(err))
        .startsWith("node-probe: cannot print the report: ")
        .containsOnlyOnce("\n");
  }

  @Test
  void reportsAlsoWhenTheShortFormCannotBeLeft() throws Exception {
    ProbeProcess.Ended ended =
        ProbeProcess.run(scratch, "inspect", "--termination-log=" + scratch.resolve("no/such"));

    assertThat(ended.exitCode()).isZero();
    assertThat(JSON.readTree(ended.out()).at("/version").asInt()).isEqualTo(1);
    assertThat(ended.err()).startsWith("node-probe: cannot write the termination message");
  }
}
