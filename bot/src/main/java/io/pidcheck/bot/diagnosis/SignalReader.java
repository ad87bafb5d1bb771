package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.diagnosis.Signal.Hint;
import io.pidcheck.bot.diagnosis.Signal.Kind;
import io.pidcheck.bot.diagnosis.Signal.LookAlike;
import io.pidcheck.bot.diagnosis.Signal.Silent;
import io.pidcheck.bot.diagnosis.Signal.Strong;
import io.pidcheck.bot.diagnosis.Signal.Unrelated;
import io.pidcheck.bot.diagnosis.Signal.Weak;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a message by its shape: an operation, and the error it met. The operation named nearest to
 * the error is the one that failed; a path or an address says nothing about either.
 */
final class SignalReader {

  // An event's message is at most 1024 characters; of a pasted log the first lines are read.
  private static final int LONGEST = 3_000;
  // Who repeats one error a hundred times says no more by it, and must not cost more.
  private static final int PLACES = 20;
  private static final int BEFORE = 200;
  private static final int AFTER = 160;

  private static final Pattern PATH = Pattern.compile("(?<![\\w/])(?:[a-z]+:)?/[\\w./@+%~-]+");
  private static final Pattern CLAUSE = Pattern.compile("[;\\n]|\\. |, (?!error|errno)");

  /** An error as programs and libraries word it, and what it means whatever the operation. */
  private enum Failure {
    // glibc and musl, zh_CN of glibc; errno 11 in brackets, as MySQL, nginx, Erlang, Rust write it
    EAGAIN(
        "resource temporarily unavailable|资源暂时不可用|\\beagain\\b|errno\\s*[=:]?\\s*-?11\\b|os error 11\\b"
            + "|\\berror\\s*[=:]?\\s*11\\b|\\(11:|out of system resources|thread limit exceeded"),
    ENOMEM(
        "cannot allocate memory|can't allocate memory|not enough space|无法分配内存|\\benomem\\b"
            + "|errno\\s*[=:]?\\s*-?12\\b|os error 12\\b|\\berror\\s*[=:]?\\s*12\\b|\\(12:"),
    EMFILE("too many open files|打开的文件过多|\\bemfile\\b|\\benfile\\b"),
    ENOSPC("no space left on device|设备上没有空间|\\benospc\\b"),
    EPERM("operation not permitted|permission denied|不允许的操作|权限不够|\\beperm\\b|\\beacces\\b"),
    ENOENT("no such file or directory|executable file not found|exec format error|没有那个文件或目录");

    private final Pattern words;

    Failure(String words) {
      this.words = Pattern.compile(words);
    }
  }

  /** Operations; the first that matches at a place is meant. */
  private enum Operation {
    CGROUP("rejected by pids controller"),
    XTABLES("ip6?tables(?:-\\w+)?|xtables lock|ebtables|arptables|\\bnft\\b"),
    USER("setuid|setresuid|setreuid|set user id|set_user_id|change user id|drop privileges"),
    THREAD(
        "pthread_create|thr_create|uv_thread_create|newosproc|clone3?\\(.*clone_thread"
            + "|(?:creat|start|spawn|launch)\\w*(?: \\w+){0,4}? threads?\\b|thread\\S* (?:creation|start)"
            + "|threads? (?:could not|cannot|can't) be (?:created|started)|thread::spawn|thread constructor"
            + "|threaded \\w+|thread_resource_error|new_thread"),
    FORK(
        "fork/exec|(?<![a-z])v?fork\\w*|_?fork_exec|\\bforking\\b|posix_spawn\\w*|\\bspawn\\w*|\\bclone3?\\b|execv\\w*"
            + "|\\bexec\\b|popen|(?:start|creat|launch|run)\\w*(?: \\w+){0,3}? (?:process|program|command|child|worker|executor|job)\\w*"
            + "|fork 失败|创建(?:子)?进程|run '\\w+' task"),
    SOCKET(
        "\\bconnect(?:ing)?\\b|\\bdial\\b|\\baccept\\w*|\\brecv\\w*|\\bsend\\w*|\\bsocket\\w*|\\bread\\b|\\bwrite\\b|\\bbind\\b|\\blisten\\b"
            + "|getaddrinfo|\\bpoll\\b|name resolution|\\bssl\\w*"),
    LOCK("flock|\\block\\w*|lockf|fcntl"),
    AIO("io_setup|\\baio\\b|io_uring\\w*|fs\\.aio");

    private final Pattern words;

    Operation(String words) {
      this.words = Pattern.compile(words);
    }
  }

  // Words that no other failure uses; the error itself is not always spelt out.
  private static final Pattern THREAD_ALONE =
      Pattern.compile(
          "unable to create (?:new )?native thread|can't start new thread|cannot start new thread"
              + "|failed to create new os thread|may need to increase max user processes"
              + "|can't create (?:a )?(?:new )?thread|threadstartexception"
              + "|pthread_create failed(?! for attributes)|cannot create (?:worker )?(?:gc )?thread");
  // bash retries on EAGAIN only; by the time it prints, a SIGCHLD may have changed errno.
  private static final Pattern FORK_ALONE = Pattern.compile("fork: retry|pid namespace exhausted");
  private static final Pattern CANNOT_FORK =
      Pattern.compile("(?:can't|cannot|could not|unable to|failed to) (?:v?fork|spawn)\\b");

  private record WeakShape(Hint hint, Pattern words) {

    WeakShape(Hint hint, String words) {
      this(hint, Pattern.compile(words));
    }
  }

  private static final List<WeakShape> WEAK =
      List.of(
          new WeakShape(
              Hint.BIRD_SOCKET_REFUSED,
              "unable to connect to birdv?\\d? socket.*connection refused|bird\\d?\\.ctl.*connection refused"),
          new WeakShape(
              Hint.SETNS_EXITED,
              "(?:executing|running exec|starting) setns process.*exit status \\d+"
                  + "|nsexec.*exit|runc did not terminate successfully"),
          new WeakShape(
              Hint.INIT_PIPE_BROKEN,
              "read init-p|can't get final child'?s pid from pipe|init process.*(?:eof|broken pipe)"
                  + "|reading init pid|container init.*(?:eof|reset by peer)"),
          new WeakShape(
              Hint.EXEC_TIMED_OUT,
              "deadlineexceeded.*exec|exec\\w* .*(?:deadline exceeded|timed out|timeout)"
                  + "|command \".*\" timed out|probe \\w+: .*timed? ?out"),
          new WeakShape(
              Hint.EXEC_NOT_STARTED,
              "failed to exec in container|failed to start exec|exec failed: unable to start container process"
                  + "|starterror|exit(?:ed with)?(?: code| status)?:? ?12[68]\\b"),
          new WeakShape(Hint.RUNTIME_START_FAILED, "failed to create coreclr|0x8007000e"),
          new WeakShape(
              Hint.CONTAINER_RUNTIME_DOWN,
              "container runtime is down|pleg is not healthy"
                  + "|(?:containerd|crio|docker|cri-dockerd)\\.sock.*(?:refused|no such file)"));

  private SignalReader() {}

  static Signal read(String message) {
    String text = clean(message);
    Optional<Signal> shaped = bySayingBoth(text);
    if (shaped.isPresent() && shaped.get() instanceof Strong) {
      return shaped.get();
    }
    boolean memory = Failure.ENOMEM.words.matcher(text).find();
    if (!memory && THREAD_ALONE.matcher(text).find()) {
      return new Strong(Kind.THREAD_REFUSED);
    }
    if (FORK_ALONE.matcher(text).find()) {
      return new Strong(Kind.FORK_REFUSED);
    }
    Optional<Signal> weak = byWeakShape(text);
    if (shaped.isPresent() && !(shaped.get() instanceof Weak && weak.isPresent())) {
      return shaped.get();
    }
    return weak.orElseGet(
        () ->
            CANNOT_FORK.matcher(text).find()
                ? new Weak(Hint.CANNOT_FORK_UNEXPLAINED)
                : new Silent());
  }

  private static Optional<Signal> byWeakShape(String text) {
    for (WeakShape shape : WEAK) {
      if (shape.words().matcher(text).find()) {
        return Optional.of(new Weak(shape.hint()));
      }
    }
    return Optional.empty();
  }

  private static String clean(String message) {
    String text = message.substring(0, Math.min(message.length(), LONGEST));
    return text.toLowerCase(Locale.ROOT).replace('’', '\'').replace('‘', '\'');
  }

  /** An operation beside an error. The strongest of all such pairs in the text counts. */
  private static Optional<Signal> bySayingBoth(String text) {
    if (Operation.CGROUP.words.matcher(text).find()) {
      return Optional.of(new Strong(Kind.CGROUP_REFUSED));
    }
    Optional<Signal> found = Optional.empty();
    for (Failure failure : Failure.values()) {
      Matcher words = failure.words.matcher(text);
      for (int place = 0; place < PLACES && words.find(); place++) {
        Optional<Signal> here = at(text, words, failure);
        if (here.isPresent() && here.get() instanceof Strong) {
          return here;
        }
        if (found.isEmpty()) {
          found = here;
        }
      }
    }
    return found;
  }

  private static Optional<Signal> at(String text, Matcher words, Failure failure) {
    Optional<Operation> operation =
        operation(text, words.start(), words.end(), failure == Failure.EAGAIN);
    return switch (failure) {
      case EAGAIN -> Optional.of(refused(operation));
      case ENOMEM -> starting(operation, LookAlike.OUT_OF_MEMORY);
      case EMFILE -> Optional.of(new Unrelated(LookAlike.OPEN_FILES));
      case ENOSPC -> Optional.of(new Unrelated(LookAlike.DISK_SPACE));
      case EPERM -> starting(operation, LookAlike.PERMISSION);
      case ENOENT -> starting(operation, LookAlike.NO_SUCH_PROGRAM);
    };
  }

  private static Optional<Signal> starting(Optional<Operation> operation, LookAlike lookAlike) {
    return operation
        .filter(
            what -> what == Operation.FORK || what == Operation.THREAD || what == Operation.USER)
        .map(what -> new Unrelated(lookAlike));
  }

  private static Signal refused(Optional<Operation> operation) {
    if (operation.isEmpty()) {
      return new Weak(Hint.EAGAIN_ALONE);
    }
    return switch (operation.get()) {
      case CGROUP -> new Strong(Kind.CGROUP_REFUSED);
      case USER -> new Strong(Kind.USER_LIMIT_REFUSED);
      case THREAD -> new Strong(Kind.THREAD_REFUSED);
      case FORK -> new Strong(Kind.FORK_REFUSED);
      case XTABLES -> new Unrelated(LookAlike.XTABLES_LOCK);
      case SOCKET -> new Unrelated(LookAlike.SOCKET);
      case LOCK -> new Unrelated(LookAlike.FILE_LOCK);
      case AIO -> new Unrelated(LookAlike.ASYNC_IO);
    };
  }

  /** The operation last named before the error in its clause, else the first named after it. */
  private static Optional<Operation> operation(String text, int start, int end, boolean after) {
    String before = text.substring(Math.max(0, start - BEFORE), start);
    Matcher clause = CLAUSE.matcher(before);
    int from = 0;
    while (clause.find()) {
      from = clause.end();
    }
    Optional<Operation> last = lastOf(withoutPaths(before.substring(from)));
    if (last.isPresent() || !after) {
      return last;
    }
    Optional<Operation> next =
        firstOf(withoutPaths(text.substring(end, Math.min(text.length(), end + AFTER))));
    return next.isPresent() ? next : lastOf(withoutPaths(before));
  }

  private static String withoutPaths(String text) {
    return PATH.matcher(text).replaceAll(" ");
  }

  private static Optional<Operation> lastOf(String text) {
    Optional<Operation> last = Optional.empty();
    int at = -1;
    for (Operation operation : Operation.values()) {
      Matcher words = operation.words.matcher(text);
      while (words.find()) {
        if (words.end() > at) {
          at = words.end();
          last = Optional.of(operation);
        }
      }
    }
    return last;
  }

  private static Optional<Operation> firstOf(String text) {
    Optional<Operation> first = Optional.empty();
    int at = Integer.MAX_VALUE;
    for (Operation operation : Operation.values()) {
      Matcher words = operation.words.matcher(text);
      if (words.find() && words.start() < at) {
        at = words.start();
        first = Optional.of(operation);
      }
    }
    return first;
  }
}
