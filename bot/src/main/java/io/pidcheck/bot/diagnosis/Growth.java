package io.pidcheck.bot.diagnosis;

/** What grew. Why it usually grows is said for each, as likely and not as certain. */
public enum Growth {
  /** sync-over-async: the pool adds a worker for each one that blocks. */
  DOTNET_POOL_BLOCKED,
  DOTNET_LONG_RUNNING,
  DOTNET_THREADS,
  JVM_EXECUTOR_PER_CALL,
  JVM_UNBOUNDED_POOL,
  JVM_PLAIN_THREADS,
  JVM_CLIENT_PER_CALL,
  JVM_REQUEST_THREADS,
  JVM_THREADS,
  /** A goroutine in a blocking system call or in C holds a thread. */
  GO_BLOCKING_CALLS,
  NODE_WORKERS,
  PYTHON_THREADS,
  RUBY_THREADS,
  RUST_BLOCKING_POOL,
  NATIVE_THREADS,
  SHELL_FORK_STORM,
  CHILD_PROCESSES,
  MANY_PODS,
  ZOMBIES,
  SHIMS,
  CALICO_NODE,
  NODE_SERVICE,
  KERNEL_THREADS,
  /** Only the kubelet's count is known. */
  NOT_LOOKED_AT
}
