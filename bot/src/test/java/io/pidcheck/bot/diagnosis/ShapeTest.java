package io.pidcheck.bot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is looked for first must be in all that is looked for after: an example for each wording.
 */
class ShapeTest {

  private static final Map<Operation, List<String>> OPERATIONS =
      Map.of(
          Operation.CGROUP,
          List.of("fork rejected by pids controller in /x"),
          Operation.XTABLES,
          List.of("iptables-restore", "ip6tables", "xtables lock", "ebtables", "arptables", "nft"),
          Operation.USER,
          List.of(
              "setuid",
              "setresuid",
              "setreuid",
              "set user id",
              "set_user_id",
              "change user id",
              "drop privileges"),
          Operation.THREAD,
          List.of(
              "pthread_create",
              "thr_create",
              "uv_thread_create",
              "newosproc",
              "clone(clone_thread",
              "clone3(clone_vm|clone_thread",
              "create a new thread",
              "starting threads",
              "spawn thread",
              "launch thread",
              "thread creation",
              "threads could not be created",
              "thread cannot be started",
              "thread can't be started",
              "thread::spawn",
              "thread constructor",
              "threaded resolver",
              "thread_resource_error",
              "new_thread"),
          Operation.FORK,
          List.of(
              "fork/exec",
              "fork",
              "vfork",
              "forked",
              "_fork_exec",
              "forking",
              "posix_spawn",
              "posix_spawnp",
              "spawning",
              "clone",
              "clone3",
              "execve",
              "exec",
              "popen",
              "start a process",
              "create the child",
              "launch the program",
              "run the command",
              "starting worker",
              "start new executor",
              "creating job",
              "fork 失败",
              "创建进程",
              "创建子进程",
              "run 'x' task"),
          Operation.SOCKET,
          List.of(
              "connect",
              "connecting",
              "dial",
              "accept4",
              "recvfrom",
              "sendto",
              "socket",
              "read",
              "write",
              "bind",
              "listen",
              "getaddrinfo",
              "poll",
              "name resolution",
              "ssl_read"),
          Operation.LOCK,
          List.of("flock", "lock", "locking", "lockf", "fcntl"),
          Operation.AIO,
          List.of("io_setup", "aio", "io_uring_setup", "fs.aio"));

  private static final Map<Failure, List<String>> FAILURES =
      Map.of(
          Failure.EAGAIN,
          List.of(
              "resource temporarily unavailable",
              "资源暂时不可用",
              "eagain",
              "errno 11",
              "errno=11",
              "errno: -11",
              "os error 11",
              "error: 11",
              "error 11",
              "(11: x",
              "out of system resources",
              "thread limit exceeded"),
          Failure.ENOMEM,
          List.of(
              "cannot allocate memory",
              "can't allocate memory",
              "not enough space",
              "无法分配内存",
              "enomem",
              "errno=12",
              "os error 12",
              "error 12",
              "(12: x"),
          Failure.EMFILE,
          List.of("too many open files", "打开的文件过多", "emfile", "enfile"),
          Failure.ENOSPC,
          List.of("no space left on device", "设备上没有空间", "enospc"),
          Failure.EPERM,
          List.of(
              "operation not permitted", "permission denied", "不允许的操作", "权限不够", "eperm", "eacces"),
          Failure.ENOENT,
          List.of(
              "no such file or directory",
              "executable file not found",
              "exec format error",
              "没有那个文件或目录"));

  @ParameterizedTest
  @EnumSource
  void findsEachWordingOfAnOperation(Operation operation) {
    assertThat(OPERATIONS).containsKey(operation);
    for (String words : OPERATIONS.getOrDefault(operation, List.of())) {
      String text = "x 7 " + words + " : 42";
      assertThat(operation.shape().isIn(text)).as(text).isTrue();
      assertThat(Operation.firstIn(text)).as(text).isPresent();
      assertThat(Operation.lastIn(text)).as(text).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsEachWordingOfAFailureAndItsPlace(Failure failure) {
    assertThat(FAILURES).containsKey(failure);
    for (String words : FAILURES.getOrDefault(failure, List.of())) {
      String text = "x 7 " + words + " . 42";
      assertThat(failure.isIn(text)).as(text).isTrue();
      assertThat(failure.in(text)).as(text).isNotEmpty();
      assertThat(failure.in(text).getFirst().start()).as(text).isEqualTo(4);
    }
    assertThat(failure.isIn("node 11 of 12 has an error (13: none)")).isFalse();
    assertThat(failure.in("node 11 of 12 has an error (13: none)")).isEmpty();
  }

  @Test
  void findsFailuresInTheirOrderAndNotWithoutEnd() {
    String text = "eagain, resource temporarily unavailable, errno=11 ".repeat(50);
    assertThat(Failure.EAGAIN.in(text))
        .hasSize(20)
        .isSortedAccordingTo((a, b) -> Integer.compare(a.start(), b.start()))
        .startsWith(new Failure.Place(0, 6), new Failure.Place(8, 40), new Failure.Place(42, 50));
  }
}
