package io.pidcheck.bot.diagnosis;

import java.util.Optional;
import java.util.regex.Matcher;

/** What may be refused; the first that matches at a place is meant. */
@SuppressWarnings("ImmutableEnumChecker") // it cannot see that a Shape is
enum Operation {
  CGROUP(Shape.of("rejected by pids controller", "rejected by pids controller")),
  XTABLES(
      Shape.of("ip6?tables(?:-\\w+)?|xtables lock|ebtables|arptables|\\bnft\\b", "tables", "nft")),
  USER(
      Shape.of(
          "setuid|setresuid|setreuid|set user id|set_user_id|change user id|drop privileges",
          "uid",
          "user id",
          "set_user_id",
          "drop privileges")),
  THREAD(
      Shape.of(
          "pthread_create|thr_create|uv_thread_create|newosproc|clone3?\\(.*clone_thread"
              + "|(?:creat|start|spawn|launch)\\w*(?: \\w+){0,4}? threads?\\b|thread\\S* (?:creation|start)"
              + "|threads? (?:could not|cannot|can't) be (?:created|started)|thread::spawn|thread constructor"
              + "|threaded \\w+|thread_resource_error|new_thread",
          "thread",
          "thr_create",
          "newosproc")),
  FORK(
      Shape.beginning(
          "[fv_pscelr创][oflpxtrau建]",
          "fork/exec|(?<![a-z])v?fork\\w*|_?fork_exec|\\bforking\\b|posix_spawn\\w*|\\bspawn\\w*|\\bclone3?\\b|execv\\w*"
              + "|\\bexec\\b|popen|(?:start|creat|launch|run)\\w*(?: \\w+){0,3}? (?:process|program|command|child|worker|executor|job)\\w*"
              + "|fork 失败|创建(?:子)?进程|run '\\w+' task",
          "fork",
          "exec",
          "spawn",
          "clone",
          "popen",
          "process",
          "program",
          "command",
          "child",
          "worker",
          "job",
          "进程",
          "task")),
  SOCKET(
      Shape.beginning(
          "[cdarswblgpn][oicerlsa]",
          "\\bconnect(?:ing)?\\b|\\bdial\\b|\\baccept\\w*|\\brecv\\w*|\\bsend\\w*|\\bsocket\\w*|\\bread\\b|\\bwrite\\b|\\bbind\\b|\\blisten\\b"
              + "|getaddrinfo|\\bpoll\\b|name resolution|\\bssl\\w*",
          "connect",
          "dial",
          "accept",
          "recv",
          "send",
          "socket",
          "read",
          "write",
          "bind",
          "listen",
          "getaddrinfo",
          "poll",
          "name resolution",
          "ssl")),
  LOCK(Shape.of("flock|\\block\\w*|lockf|fcntl", "lock", "fcntl")),
  AIO(Shape.of("io_setup|\\baio\\b|io_uring\\w*|fs\\.aio", "io_setup", "aio", "io_uring"));

  private final Shape shape;

  Operation(Shape shape) {
    this.shape = shape;
  }

  Shape shape() {
    return shape;
  }

  /** The one that ends last. */
  static Optional<Operation> lastIn(String text) {
    Optional<Operation> last = Optional.empty();
    int at = -1;
    for (Operation operation : values()) {
      if (!operation.shape.mayBeIn(text)) {
        continue;
      }
      Matcher words = operation.shape.matcher(text);
      while (words.find()) {
        if (words.end() > at) {
          at = words.end();
          last = Optional.of(operation);
        }
      }
    }
    return last;
  }

  /** The one that begins first. */
  static Optional<Operation> firstIn(String text) {
    Optional<Operation> first = Optional.empty();
    int at = Integer.MAX_VALUE;
    for (Operation operation : values()) {
      if (!operation.shape.mayBeIn(text)) {
        continue;
      }
      Matcher words = operation.shape.matcher(text);
      if (words.find() && words.start() < at) {
        at = words.start();
        first = Optional.of(operation);
      }
    }
    return first;
  }
}
