package io.pidcheck.bot.rig;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process with very many threads, to be found and ended. */
public final class Exploding implements AutoCloseable {

  private final Process process;

  private Exploding(Process process) {
    this.process = process;
  }

  /** Returns when all its threads run. */
  public static Exploding start(int threads) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xss256k",
            "-XX:+UseSerialGC",
            "-cp",
            Path.of("target", "test-classes").toAbsolutePath().toString(),
            ManyThreads.class.getName(),
            Integer.toString(threads));
    try {
      Process process = new ProcessBuilder(command).start();
      process.inputReader().readLine();
      return new Exploding(process);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** Waits for its end. */
  public boolean endsWithin(Duration most) {
    try {
      return process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
