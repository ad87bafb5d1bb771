package io.pidcheck.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.probe.remedy.Remedy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

  private static final Remedy.Files FILES =
      new Remedy.Files(
          Path.of("/host/pid_max"),
          Optional.of(Path.of("/host/threads_max")),
          List.of(Path.of("/host/cgroup-0/pids.max")),
          Optional.of(Path.of("/host/sysctl.d")));

  @Test
  void takesItsDefaultsFromTheEnvironment() {
    Arguments arguments =
        Arguments.parse(
            new String[] {"inspect"},
            Map.of("NODE_NAME", "worker-1", "PIDCHECK_TERMINATION_LOG", "/tmp/log"));

    assertThat(arguments)
        .isEqualTo(
            new Arguments.Inspect(
                Path.of("/proc"),
                Path.of("/sys/fs/cgroup"),
                Optional.of("worker-1"),
                20,
                Duration.ofMillis(250),
                Optional.of(Path.of("/tmp/log"))));
  }

  @Test
  void optionsWinOverTheEnvironment() {
    Arguments arguments =
        Arguments.parse(
            new String[] {
              "inspect",
              "--node=b",
              "--top=5",
              "--proc=/p",
              "--cgroup=/c",
              "--termination-log=/t",
              "--second-count-after=2s"
            },
            Map.of("NODE_NAME", "a", "PIDCHECK_TERMINATION_LOG", "/x"));

    assertThat(arguments)
        .isEqualTo(
            new Arguments.Inspect(
                Path.of("/p"),
                Path.of("/c"),
                Optional.of("b"),
                5,
                Duration.ofSeconds(2),
                Optional.of(Path.of("/t"))));
  }

  @ParameterizedTest
  @CsvSource({
    "'', usage",
    "standby, --node is needed",
    "standby --node=a, --namespace is needed",
    "standby --node=a --namespace=b --server=ftp://c, API server",
    "standby --node=a --namespace=b --server=https://c --what=1, unknown argument",
    "kill, kill: --node must be",
    "kill --node=-, kill: --boot-id is needed",
    "kill --node=a_b, kill: --node must be",
    "kill --node=a --boot-id=b, kill: --target is needed",
    "kill --node=a --boot-id=b --target=1, kill: --target must be PID:STARTTICKS",
    "kill --node=a --boot-id=b --target=:1, kill: --target must be PID:STARTTICKS",
    "kill --node=a --boot-id=b --target=0:1, kill: --target must be PID:STARTTICKS",
    "kill --node=a --boot-id=b --target=4294967298:1, kill: --target must be PID:STARTTICKS",
    "kill --node=a --boot-id=b --target=-1:1, kill: --target needs a number",
    "kill --node=a --boot-id=b --target=1:, kill: --target needs a number",
    "kill --node=a --boot-id=b --target=1:9999999999999999999, kill: --target needs a number",
    "kill --node=a --boot-id=b --target=1:1 --grace=1h, kill: --grace must be",
    "kill --node=a --boot-id=b --target=1:1 --dry-run=no, kill: --dry-run takes no value",
    "kill --node=a --boot-id=b --target=1:1 --to=9, kill: unknown argument",
    "set-pid-max --node=a --boot-id=b --pid-max-file=/f, set-pid-max: --to is needed",
    "set-pid-max --node=a --boot-id=b --to=9, set-pid-max: --pid-max-file is needed",
    "set-pid-max --node=a --boot-id=b --to=9 --pid-max-file=f, set-pid-max: --pid-max-file must be an absolute path",
    "set-pid-max --node=a --boot-id=b --to=9 --pid-max-file=/f --threads-max=9, set-pid-max: --threads-max and",
    "set-pid-max --node=a --boot-id=b --to=9 --pid-max-file=/f --target=1:1, set-pid-max: unknown argument",
    "undo --node=a --boot-id=b --pid-max-file=/f, undo: --restore is needed",
    "undo --node=a --boot-id=b --pid-max-file=/f --restore=pid_max, undo: --restore must be NAME=VALUE",
    "undo --node=a --boot-id=b --pid-max-file=/f --restore=pid_max=max, undo: --restore needs a number",
    "undo --node=a --boot-id=b --pid-max-file=/f --restore=/etc/x=1, undo: --restore of a file that was not given",
    "undo --node=a --boot-id=b --pid-max-file=/f --remove-persisted, undo: --remove-persisted needs --sysctl-dir",
    "inspect --frob=1, unknown argument",
    "inspect extra, unknown argument",
    "inspect --node, --node needs a value",
    "inspect --top=, --top needs a value",
    "inspect --top=many, --top is no number",
    "inspect --second-count-after=, --second-count-after needs a value",
    "inspect --second-count-after=1, --second-count-after must be from 0ms to 10s",
    "inspect --second-count-after=s, --second-count-after must be from 0ms to 10s",
    "inspect --second-count-after=-1s, --second-count-after must be from 0ms to 10s",
    "inspect --second-count-after=11s, --second-count-after must be from 0ms to 10s",
    "inspect --second-count-after=99999999999s, --second-count-after must be from 0ms to 10s",
    "inspect --top=0, --top must be from 1 to 1000",
    "inspect --top=1001, --top must be from 1 to 1000",
  })
  void refusesInOneLine(String line, String why) {
    Arguments arguments =
        Arguments.parse(line.isEmpty() ? new String[0] : line.split(" "), Map.of());

    assertThat(arguments).isInstanceOf(Arguments.Refused.class);
    assertThat(((Arguments.Refused) arguments).why()).contains(why).doesNotContain("\n");
  }

  @Test
  void refusesANodeNameThatNoNodeCanHave() {
    String name = "n".repeat(10_000);

    assertThat(Arguments.parse(new String[] {"inspect", "--node=" + name}, Map.of()))
        .isEqualTo(new Arguments.Refused("the node's name is longer than 253 characters"));
  }

  @Test
  void readsAKill() {
    Arguments arguments =
        Arguments.parse(
            new String[] {
              "kill",
              "--node=worker-1",
              "--boot-id=b",
              "--grace=3s",
              "--target=30855:1199500000",
              "--target=7:8",
              "--protect=postgres",
              "--protect-pod=uid",
              "--dry-run",
              "--proc=/p",
              "--termination-log=/t"
            },
            Map.of());

    assertThat(arguments)
        .isEqualTo(
            new Arguments.Remedying(
                new Remedy.Kill(
                    new Remedy.Order("worker-1", "b", true, Path.of("/p")),
                    List.of(new Remedy.Target(30_855, 1_199_500_000), new Remedy.Target(7, 8)),
                    Duration.ofSeconds(3),
                    new Remedy.Guarded(Set.of("postgres"), Set.of("uid"))),
                Optional.of(Path.of("/t"))));
  }

  @Test
  void readsARaise() {
    Arguments arguments =
        Arguments.parse(
            new String[] {
              "set-pid-max",
              "--node=worker-1",
              "--boot-id=b",
              "--to=131072",
              "--pid-max-file=/host/pid_max",
              "--threads-max-file=/host/threads_max",
              "--threads-max=262144",
              "--pids-max=/host/cgroup-0/pids.max",
              "--sysctl-dir=/host/sysctl.d"
            },
            Map.of("PIDCHECK_TERMINATION_LOG", "/t"));

    assertThat(arguments)
        .isEqualTo(
            new Arguments.Remedying(
                new Remedy.RaisePidMax(
                    new Remedy.Order("worker-1", "b", false, Path.of("/proc")),
                    FILES,
                    131_072,
                    OptionalLong.of(262_144)),
                Optional.of(Path.of("/t"))));
  }

  @Test
  void readsAnUndo() {
    Arguments arguments =
        Arguments.parse(
            new String[] {
              "undo",
              "--node=worker-1",
              "--boot-id=b",
              "--pid-max-file=/host/pid_max",
              "--threads-max-file=/host/threads_max",
              "--pids-max=/host/cgroup-0/pids.max",
              "--sysctl-dir=/host/sysctl.d",
              "--restore=pid_max=32768",
              "--restore=/host/cgroup-0/pids.max=max",
              "--remove-persisted"
            },
            Map.of("PIDCHECK_TERMINATION_LOG", "/t"));

    assertThat(arguments)
        .isEqualTo(
            new Arguments.Remedying(
                new Remedy.Undo(
                    new Remedy.Order("worker-1", "b", false, Path.of("/proc")),
                    FILES,
                    List.of(
                        new Remedy.Restore("pid_max", "32768"),
                        new Remedy.Restore("/host/cgroup-0/pids.max", "max")),
                    true),
                Optional.of(Path.of("/t"))));
  }

  @Test
  void refusesMoreThanAResultCanTell() {
    String[] args = new String[3 + 21];
    args[0] = "kill";
    args[1] = "--node=a";
    args[2] = "--boot-id=b";
    Arrays.fill(args, 3, args.length, "--target=1:1");

    assertThat(Arguments.parse(args, Map.of()))
        .isEqualTo(new Arguments.Refused("kill: too many targets"));
  }
}
