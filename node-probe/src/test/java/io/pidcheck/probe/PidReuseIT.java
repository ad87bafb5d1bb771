package io.pidcheck.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * In a PID namespace of its own with a pid_max of its own, which Linux has since 6.14. On an older
 * kernel that write would go to the whole machine, so there it is not tried.
 */
@Timeout(120)
class PidReuseIT {

  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir private Path scratch;

  @BeforeEach
  void mayHaveANamespaceWithALimitOfItsOwn() throws IOException {
    String[] release = Files.readString(Path.of("/proc/sys/kernel/osrelease")).split("[.-]", -1);
    int version = Integer.parseInt(release[0]) * 1000 + Integer.parseInt(release[1]);
    Assumptions.assumeTrue(
        version >= 6014, "skipped: needs Linux 6.14, where pid_max is per PID namespace");
    Assumptions.assumeTrue(
        Pids.root() && Files.isExecutable(Path.of("/usr/bin/unshare")),
        "skipped: needs root and unshare to make a PID namespace");
  }

  @Test
  void sparesTheProcessThatGotThePid() throws Exception {
    List<String> said = inASmallNamespace("pid-reuse.sh");

    String[] reused = said.get(0).split(" ", -1);
    assertThat(reused[0]).isEqualTo("reused");
    assertThat(reused[3]).isNotEqualTo(reused[2]);
    JsonNode target = JSON.readTree(said.get(1).substring("probe ".length())).at("/targets/0");
    assertThat(target.at("/pid").asString()).isEqualTo(reused[1]);
    assertThat(target.at("/outcome").asString()).isEqualTo("ANOTHER_PROCESS");
    assertThat(said.get(2)).isEqualTo("lives yes");
    assertThat(said.get(3)).as("killed by its number alone").isEqualTo("lives no");
  }

  @Test
  void doesNotTakeANamespaceOfItsOwnForTheNodes() throws Exception {
    List<String> said = inASmallNamespace("own-namespace.sh");

    JsonNode result = JSON.readTree(said.get(0));
    assertThat(result.at("/outcome").asString()).isEqualTo("NOT_IN_HOST_NAMESPACE");
    assertThat(result.at("/reasons/0/why").asString()).isEqualTo("OWN_NAMESPACE");
    assertThat(said.get(1)).isEqualTo("500");
  }

  private List<String> inASmallNamespace(String script) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/unshare",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "sh",
                Path.of("src/test/resources/remedy", script).toAbsolutePath().toString()));
    command.addAll(ProbeProcess.command(ProbeProcess.JAR, ProbeProcess.FLAGS));
    ProbeProcess.Ended ended = ProbeProcess.run(scratch, command);
    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    return ended.out().lines().toList();
  }
}
