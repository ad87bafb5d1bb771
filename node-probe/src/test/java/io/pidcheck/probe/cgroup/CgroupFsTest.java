package io.pidcheck.probe.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.probe.proc.Unread;
import io.pidcheck.probe.report.CgroupPids;
import io.pidcheck.probe.report.Limit;
import io.pidcheck.probe.report.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupFsTest {

  @TempDir private Path root;
  private final Unread unread = new Unread();

  @Test
  void readsVersion1() throws IOException {
    cgroup("pids/kubepods", "17", "4096");

    assertThat(read("/kubepods")).isPresent();
    assertThat(read("/kubepods").orElseThrow().max()).isEqualTo(Limit.of(4096));
    assertThat(read("/kubepods").orElseThrow().current()).hasValue(17);
  }

  @Test
  void readsVersion2() throws IOException {
    Files.writeString(root.resolve("cgroup.controllers"), "pids\n");
    cgroup("kubepods.slice", "17", "max");

    assertThat(read("/kubepods.slice").orElseThrow().max()).isEqualTo(Limit.UNLIMITED);
  }

  @Test
  void readsThePidsControllerWhereverItIsWhenBothAreMounted() throws IOException {
    Files.createDirectories(root.resolve("unified"));
    Files.writeString(root.resolve("unified/cgroup.controllers"), "pids\n");
    cgroup("unified/x", "1", "2");
    assertThat(read("/x").orElseThrow().max()).isEqualTo(Limit.of(2));

    cgroup("pids/x", "1", "3");
    assertThat(read("/x").orElseThrow().max()).isEqualTo(Limit.of(3));
  }

  @Test
  void saysWhenThereAreNoCgroups() {
    assertThat(read("/kubepods")).isEmpty();
    assertThat(unread.list())
        .containsExactly(
            new Missing("pids.max and pids.current", "no pids controller under " + root));
  }

  @Test
  void namesCgroupsThatItDoesNotFind() throws IOException {
    Files.createDirectories(root.resolve("pids"));
    CgroupFs fs = CgroupFs.at(root, unread);
    fs.read(CgroupPath.parse("/a"));
    fs.read(CgroupPath.parse("/b"));

    assertThat(unread.list())
        .containsExactly(
            new Missing(
                "<cgroup>/pids.current (2 cgroups)",
                "no such cgroup under " + root.resolve("pids")));
  }

  @Test
  void missesNothingWhereTheControllerIsNotEnabled() throws IOException {
    Files.createDirectories(root.resolve("pids/a"));

    assertThat(read("/a")).isEmpty();
    assertThat(read("/")).isEmpty();
    assertThat(unread.list()).isEmpty();
  }

  @Test
  void doesNotTakeAnUnreadableLimitForNone() throws IOException {
    cgroup("pids/a", "5", "x");
    Files.delete(root.resolve("pids/a/pids.max"));

    assertThat(read("/a").orElseThrow().max()).isEqualTo(Limit.UNKNOWN);
    assertThat(unread.list())
        .containsExactly(new Missing("<cgroup>/pids.max (1 cgroup)", "no such file"));
  }

  private Optional<CgroupPids> read(String path) {
    return CgroupFs.at(root, unread).read(CgroupPath.parse(path));
  }

  private void cgroup(String path, String current, String max) throws IOException {
    Path dir = Files.createDirectories(root.resolve(path));
    Files.writeString(dir.resolve("pids.current"), current + "\n");
    Files.writeString(dir.resolve("pids.max"), max + "\n");
  }
}
