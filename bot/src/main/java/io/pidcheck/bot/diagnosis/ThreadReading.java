package io.pidcheck.bot.diagnosis;

import io.pidcheck.probe.report.ProcessUse;
import io.pidcheck.probe.report.ThreadNames;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a process's thread names: comm has 15 characters at most, and the probe folds digits to #,
 * so names are matched by their beginning.
 */
final class ThreadReading {

  private record Tell(String prefix, Language language, Growth growth) {}

  private static final List<Tell> TELLS =
      List.of(
          new Tell(".net tp worker", Language.DOTNET, Growth.DOTNET_POOL_BLOCKED),
          new Tell(".net threadpool", Language.DOTNET, Growth.DOTNET_POOL_BLOCKED),
          new Tell(".net long runni", Language.DOTNET, Growth.DOTNET_LONG_RUNNING),
          new Tell(".net", Language.DOTNET, Growth.DOTNET_THREADS),
          new Tell("pool-#-thread", Language.JVM, Growth.JVM_UNBOUNDED_POOL),
          new Tell("thread-#", Language.JVM, Growth.JVM_PLAIN_THREADS),
          new Tell("http-nio", Language.JVM, Growth.JVM_REQUEST_THREADS),
          new Tell("https-jsse", Language.JVM, Growth.JVM_REQUEST_THREADS),
          new Tell("qtp", Language.JVM, Growth.JVM_REQUEST_THREADS),
          new Tell("default task-", Language.JVM, Growth.JVM_REQUEST_THREADS),
          new Tell("grpc-default", Language.JVM, Growth.JVM_CLIENT_PER_CALL),
          new Tell("nioeventloop", Language.JVM, Growth.JVM_CLIENT_PER_CALL),
          new Tell("multithread", Language.JVM, Growth.JVM_CLIENT_PER_CALL),
          new Tell("kafka-", Language.JVM, Growth.JVM_CLIENT_PER_CALL),
          new Tell("okhttp", Language.JVM, Growth.JVM_CLIENT_PER_CALL),
          new Tell("httpclient-#", Language.JVM, Growth.JVM_CLIENT_PER_CALL),
          new Tell("i/o dispatcher", Language.JVM, Growth.JVM_CLIENT_PER_CALL),
          new Tell("elasticsearch", Language.JVM, Growth.JVM_THREADS),
          new Tell("forkjoinpool", Language.JVM, Growth.JVM_UNBOUNDED_POOL),
          new Tell("scheduling-#", Language.JVM, Growth.JVM_UNBOUNDED_POOL),
          new Tell("libuv-worker", Language.NODE, Growth.NODE_WORKERS),
          new Tell("tokio-", Language.RUST, Growth.RUST_BLOCKING_POOL),
          new Tell("puma ", Language.RUBY, Growth.RUBY_THREADS));
  private static final int SEVERAL = 10;

  private final ProcessUse process;
  private final Optional<ThreadNames> survey;

  ThreadReading(ProcessUse process, Optional<ThreadNames> survey) {
    this.process = process;
    this.survey = survey;
  }

  Cause cause() {
    Language program = Language.ofProgram(process.comm(), process.commandLine());
    long counted = survey.map(ThreadNames::counted).orElse(0L);
    Optional<ThreadNames.Name> most = survey.flatMap(names -> names.names().stream().findFirst());
    Optional<Tell> tell = most.flatMap(name -> tell(name, program));
    Language language = tell.map(Tell::language).orElse(program);
    if (tell.isPresent()) {
      return new Cause(language, growth(tell.get(), most.orElseThrow()), most, counted);
    }
    return unnamed(language, most, counted);
  }

  /** Thread-# and pool-# are Java's; a program known to be another's may use such names too. */
  private static Optional<Tell> tell(ThreadNames.Name name, Language program) {
    String folded = name.name().toLowerCase(Locale.ROOT);
    return TELLS.stream()
        .filter(tell -> folded.startsWith(tell.prefix()))
        .filter(tell -> program == Language.UNKNOWN || program == tell.language())
        .findFirst();
  }

  private static Growth growth(Tell tell, ThreadNames.Name name) {
    boolean manyPools =
        name.distinctFirstNumbers() >= SEVERAL
            && name.distinctFirstNumbers() * 4L >= name.threads();
    return tell.growth() == Growth.JVM_UNBOUNDED_POOL
            && tell.prefix().startsWith("pool-")
            && manyPools
        ? Growth.JVM_EXECUTOR_PER_CALL
        : tell.growth();
  }

  private Cause unnamed(Language program, Optional<ThreadNames.Name> most, long counted) {
    return switch (program) {
      case DOTNET -> new Cause(program, Growth.DOTNET_THREADS, most, counted);
      case JVM -> new Cause(program, Growth.JVM_THREADS, most, counted);
      case NODE -> new Cause(program, Growth.NODE_WORKERS, most, counted);
      case PYTHON -> new Cause(program, Growth.PYTHON_THREADS, most, counted);
      case RUBY -> new Cause(program, Growth.RUBY_THREADS, most, counted);
      case RUST -> new Cause(program, Growth.RUST_BLOCKING_POOL, most, counted);
      case GO -> new Cause(program, Growth.GO_BLOCKING_CALLS, most, counted);
      case PHP, ERLANG, SHELL -> new Cause(program, Growth.NATIVE_THREADS, most, counted);
      case UNKNOWN -> nameless(most, counted);
    };
  }

  /** All threads called as the process is: nobody named them, as in Go, or in C. */
  private Cause nameless(Optional<ThreadNames.Name> most, long counted) {
    return new Cause(Language.UNKNOWN, Growth.NATIVE_THREADS, most, counted);
  }
}
