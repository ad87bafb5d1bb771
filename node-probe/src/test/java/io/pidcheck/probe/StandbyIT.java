package io.pidcheck.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged probe as it stands by: orders in over HTTP, answers out over its output. */
@Timeout(60)
class StandbyIT {

  private static final String NODE = "worker-7";

  @TempDir private Path dir;
  private PretendApi api;
  private final List<Process> started = new ArrayList<>();
  private BufferedReader said = new BufferedReader(Reader.nullReader());

  @BeforeEach
  void api() throws IOException {
    api = new PretendApi();
    Files.writeString(dir.resolve("token"), "first\n");
  }

  @AfterEach
  void end() throws IOException {
    started.forEach(Process::destroyForcibly);
    api.close();
  }

  @Test
  void looksForWhoeverAsksAndNamesTheOrder() throws Exception {
    PretendApi.Watch watch = standBy();
    assertThat(watch.head())
        .contains("GET /apis/batch/v1/namespaces/pidcheck/jobs?watch=true")
        .contains(
            "labelSelector=pidcheck.io%2Fmeans%3Dstandby%2Cpidcheck.io%2Fnode-key%3D8aca0dd300")
        .contains("Authorization: Bearer first\n");
    watch.tell(order("uid-1", 1, "inspect"));
    assertThat(says("begun").path("order").asString()).isEqualTo("uid-1");
    JsonNode done = says("done");
    assertThat(done.path("order").asString()).isEqualTo("uid-1");
    assertThat(done.at("/result/node/name").asString()).isEqualTo(NODE);
    assertThat(done.at("/result/node/bootId").asString()).isEqualTo(Pids.bootId());
    assertThat(done.at("/result/use/threads").asLong()).isPositive();
  }

  @Test
  void startsNoThreadAndNoProcessForIt() throws Exception {
    PretendApi.Watch watch = standBy("--acts");
    List<String> threads = Pids.threads(pid());
    assertThat(threads).hasSizeLessThanOrEqualTo(12);
    try (Victim victim = Victim.thatEndsOnSigterm()) {
      watch.tell(order("uid-1", 1, "inspect"));
      says("done");
      watch.tell(order("uid-2", 1, kill(victim)));
      assertThat(says("done").at("/result/targets/0/outcome").asString()).isEqualTo("TERMINATED");
      victim.ended();
    }
    assertThat(Pids.threads(pid())).containsExactlyInAnyOrderElementsOf(threads);
    assertThat(Pids.hadChildren(pid())).isFalse();
  }

  @Test
  void leavesNoDescriptorOfTheKilledOpen() throws Exception {
    PretendApi.Watch watch = standBy("--acts");
    try (Victim victim = Victim.thatEndsOnSigterm()) {
      watch.tell(order("uid-2", 1, kill(victim)));
      says("done");
    }
    try (var open = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
      assertThat(open.map(StandbyIT::target)).noneMatch(name -> name.contains("pidfd"));
    }
  }

  @Test
  void takesAnOrderOnceHoweverOftenItIsTold() throws Exception {
    PretendApi.Watch watch = standBy();
    watch.tell(order("uid-1", 1, "inspect"));
    says("done");
    watch.tell(order("uid-1", 1, "inspect"));
    watch.breakOff();
    PretendApi.Watch next = api.watch().accept();
    next.tell(order("uid-1", 1, "inspect"));
    next.tell(order("uid-2", 1, "inspect"));
    assertThat(says("begun").path("order").asString()).isEqualTo("uid-2");
  }

  @Test
  void doesNotActOnWhatItsForerunnerMayHaveBegun() throws Exception {
    PretendApi.Watch watch = standBy("--acts");
    try (Victim victim = Victim.thatEndsOnSigterm()) {
      watch.tell(order("uid-1", 0, kill(victim))); // made in the second of its start
      assertThat(says("refused").path("why").asString()).contains("has started since");
      watch.tell(order("uid-2", 0, "inspect"));
      says("done");
      assertThat(victim.lives()).isTrue();
    }
  }

  @Test
  void doesNotBeginWhatIsLate() throws Exception {
    PretendApi.Watch watch = standBy();
    watch.tell(order("uid-1", -60, "inspect"));
    watch.tell(order("uid-2", 1, "inspect"));
    assertThat(says("begun").path("order").asString()).isEqualTo("uid-2");
  }

  @Test
  void leavesWhatItSaidOfTheLastOrdersOnTheNode() throws Exception {
    Path log = Files.createDirectory(dir.resolve("log"));
    PretendApi.Watch watch = standBy("--node-log=" + log);
    String uid = "00000000-0000-4000-8000-0000000000";
    for (int i = 10; i < 40; i++) {
      watch.tell(order(uid + i, 1, "set-pid-max")); // refused, quickly
      says("refused");
    }
    watch.tell(order("../../escape", 1, "inspect"));
    says("done");
    watch.tell(order(uid + 40, 1, "inspect"));
    says("done");
    try (var files = Files.list(log)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .hasSize(20)
          .contains(uid + "40.jsonl");
    }
    assertThat(log.resolve(uid + "40.jsonl"))
        .content()
        .contains("\"said\":\"begun\"")
        .contains("\"said\":\"done\"")
        .endsWith("}\n");
  }

  @Test
  void onlyLooksWhereItMayNotAct() throws Exception {
    PretendApi.Watch watch = standBy();
    try (Victim victim = Victim.thatEndsOnSigterm()) {
      watch.tell(order("uid-1", 1, kill(victim)));
      assertThat(says("refused").path("why").asString()).contains("may only look");
      assertThat(victim.lives()).isTrue();
    }
  }

  @Test
  void writesNoFileButThoseOfTheNodeThatItWasGiven() throws Exception {
    Path other = Files.writeString(dir.resolve("pid_max"), "4096\n");
    PretendApi.Watch watch = standBy("--acts");
    watch.tell(
        order(
            "uid-1",
            1,
            "set-pid-max",
            "--node=" + NODE,
            "--boot-id=" + Pids.bootId(),
            "--to=8192",
            "--pid-max-file=" + other));
    assertThat(says("refused").path("why").asString()).contains("may be written");
    assertThat(other).hasContent("4096");
  }

  @Test
  void doesNotTakeAnotherNodesOrderNorAJobWithAPod() throws Exception {
    PretendApi.Watch watch = standBy();
    watch.tell(order("uid-1", 1, "inspect").replace("\"" + NODE + "\"", "\"other\""));
    watch.tell(order("uid-2", 1, "inspect").replace("\"parallelism\":0", "\"parallelism\":1"));
    watch.tell(order("uid-3", 1, "inspect"));
    assertThat(says("begun").path("order").asString()).isEqualTo("uid-3");
  }

  @Test
  void saysWhatTheApiServerRefusesAndComesBack() throws Exception {
    launch();
    api.watch().refuse(403, "jobs.batch is forbidden: no right");
    assertThat(says("away").path("why").asString())
        .contains("403")
        .contains("jobs.batch is forbidden");
    Files.writeString(dir.resolve("token"), "second\n");
    PretendApi.Watch watch = api.watch().accept();
    assertThat(watch.head()).contains("Authorization: Bearer second\n");
    says("ready");
    watch.tell(order("uid-1", 1, "inspect"));
    says("done");
  }

  @Test
  void standsWhatIsNoJson() throws Exception {
    PretendApi.Watch watch = standBy();
    watch.tell("{\"type\":\"ADDED\",\"object\":[}");
    assertThat(says("away").path("why").asString()).contains("no JSON");
    PretendApi.Watch next = api.watch().accept();
    next.tell(order("uid-1", 1, "inspect"));
    says("done");
  }

  @Test
  void givesItsTokenToNobodyWithoutTls() throws Exception {
    launch("--server=http://192.0.2.1:1");
    assertThat(says("away").path("why").asString()).contains("not without TLS");
  }

  private PretendApi.Watch standBy(String... options) throws Exception {
    launch(options);
    PretendApi.Watch watch = api.watch().accept();
    says("ready");
    return watch;
  }

  private void launch(String... options) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "standby",
                "--node=" + NODE,
                "--namespace=pidcheck",
                "--server=" + api.address(),
                "--token=" + dir.resolve("token")));
    arguments.addAll(Arrays.asList(options));
    Process standby =
        ProbeProcess.builder(
                ProbeProcess.command(
                    ProbeProcess.JAR, ProbeProcess.FLAGS, arguments.toArray(String[]::new)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    started.add(standby);
    said = standby.inputReader();
  }

  private long pid() {
    return started.getLast().pid();
  }

  private JsonNode says(String what) throws IOException {
    while (true) {
      String line = said.readLine();
      assertThat(line).as("it ended before it said " + what).isNotNull();
      JsonNode json = JsonMapper.builder().build().readTree(line);
      if (json.path("said").asString().equals(what)) {
        return json;
      }
      assertThat(json.path("said").asString()).as(line).isIn("begun", "ready", "away");
    }
  }

  /**
   * @param age of the order by the server's clock: so many seconds after the standby's start
   */
  private String order(String uid, int age, String... arguments) {
    return "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"uid\":\""
        + uid
        + "\",\"creationTimestamp\":\""
        + api.now.plus(Duration.ofSeconds(age))
        + "\",\"annotations\":{\"pidcheck.io/node\":\""
        + NODE
        + "\",\"pidcheck.io/standby-valid-seconds\":\"30\",\"pidcheck.io/standby-arguments\":\""
        + String.join("\\n", arguments)
        + "\"}},\"spec\":{\"parallelism\":0}}}";
  }

  private static String[] kill(Victim victim) throws IOException {
    return new String[] {
      "kill", "--node=" + NODE, "--boot-id=" + Pids.bootId(), Pids.target(victim.pid())
    };
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
