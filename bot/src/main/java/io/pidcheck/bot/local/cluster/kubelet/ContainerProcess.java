package io.pidcheck.bot.local.cluster.kubelet;

import io.pidcheck.bot.local.cluster.api.ContainerLog;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running container: a child process, its log, and whatever it starts in turn. */
final class ContainerProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerProcess.class);
  private static final File NOTHING = new File("/dev/null");
  private static final int BUFFER_BYTES = 8192;
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final Process process;
  private final String cookie;
  private final Thread watcher;

  private ContainerProcess(Process process, String cookie, Thread watcher) {
    this.process = process;
    this.cookie = cookie;
    this.watcher = watcher;
  }

  /**
   * Starts it.
   *
   * @param exited gets the exit code (128 and the signal for a killed one, wait(2)) once the log is
   *     complete
   * @throws IOException when it cannot be started, with the system's reason
   */
  static ContainerProcess start(Launch launch, ContainerLog log, IntConsumer exited)
      throws IOException {
    String cookie = UUID.randomUUID().toString();
    ProcessBuilder builder =
        new ProcessBuilder(launch.command())
            .directory(launch.workingDirectory().toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(NOTHING));
    builder.environment().clear();
    builder.environment().putAll(launch.environment());
    builder.environment().put(ProcessTree.COOKIE, cookie);
    Process process = builder.start();
    Thread pump = Thread.ofVirtual().start(() -> pump(process.getInputStream(), log));
    Thread watcher =
        Thread.ofVirtual()
            .start(
                () -> {
                  int code = awaitEnd(process, cookie, pump);
                  log.end();
                  exited.accept(code);
                });
    return new ContainerProcess(process, cookie, watcher);
  }

  /** What all its processes carry. */
  String cookie() {
    return cookie;
  }

  /** SIGTERM; after the grace period SIGKILL. Returns when it has ended. */
  void stop(Duration grace) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
    }
    watcher.join();
  }

  /** SIGKILL to all of it, without waiting. */
  void kill() {
    process.destroyForcibly();
    ProcessTree.kill(cookie);
  }

  private static int awaitEnd(Process process, String cookie, Thread pump) {
    try {
      int code = process.waitFor();
      // the end of a container's first process is the end of all of them (pid_namespaces(7));
      // it also closes the pipe that the pump reads, unless one of them got away
      ProcessTree.kill(cookie);
      if (!pump.join(DRAIN)) {
        LOG.debug("a process outlives its container and holds its output");
      }
      return code;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private static void pump(InputStream output, ContainerLog log) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (output) {
      for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
        log.write(buffer, n);
      }
    } catch (IOException e) {
      return; // the pipe was closed with the process: what came is what there is
    }
  }
}
