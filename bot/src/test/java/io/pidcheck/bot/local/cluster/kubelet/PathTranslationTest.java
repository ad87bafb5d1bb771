package io.pidcheck.bot.local.cluster.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTranslationTest {
  private final PathTranslation paths =
      new PathTranslation(
          Map.of("/host/cgroup", "/sys/fs/cgroup", "/host", "/", "/sys", "/elsewhere"));

  @ParameterizedTest
  @CsvSource({
    "--cgroup=/host/cgroup, --cgroup=/sys/fs/cgroup",
    "/host/cgroup/pids.max, /sys/fs/cgroup/pids.max",
    "cat /host/cgroup/a /host/b, cat /sys/fs/cgroup/a //b",
    "/host/cgroups, //cgroups",
    "/hostile, /hostile",
    "/a/host, /a/host",
    "A=/host/cgroup:/host, A=/sys/fs/cgroup:/"
  })
  void rewritesWholePathsOnce(String told, String meant) {
    assertThat(paths.translate(told)).isEqualTo(meant);
  }

  @Test
  void changesNothingWithoutMounts() {
    assertThat(new PathTranslation(Map.of()).translate("/host")).isEqualTo("/host");
  }
}
