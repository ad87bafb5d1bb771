package io.pidcheck.bot.local.cluster.explosion;

import io.pidcheck.bot.local.cluster.file.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real process with as many real threads as asked for, that looks like a .NET service whose
 * thread pool has exploded: named {@code dotnet}, with .NET's thread names and a command line with
 * a connection string in it. The threads are parked and take no CPU.
 */
public final class LocalExplosion implements AutoCloseable {
  /** The password on the command line; made up, and to be shown nowhere. */
  public static final String SECRET = "Sup3r-s3cret-0rders";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Process process;
  private final Path directory;
  private final int threads;
  private final Thread shutdownHook = new Thread(this::end, "local-explosion-shutdown");

  private LocalExplosion(Process process, Path directory, int threads) {
    this.process = process;
    this.directory = directory;
    this.threads = threads;
  }

  /**
   * Starts the process and returns when all its threads exist.
   *
   * @throws ExplosionFailed when the machine has no room for so many, or cannot start them
   */
  public static LocalExplosion start(int threads) throws ExplosionFailed {
    refuseTooMany(threads);
    Path directory = makeDirectory();
    LocalExplosion explosion = new LocalExplosion(launch(directory, threads), directory, threads);
    Runtime.getRuntime().addShutdownHook(explosion.shutdownHook);
    try {
      explosion.awaitReady();
    } catch (ExplosionFailed e) {
      explosion.close();
      throw e;
    }
    return explosion;
  }

  public long pid() {
    return process.pid();
  }

  /** The threads asked for; the JVM adds about a dozen of its own. */
  public int threads() {
    return threads;
  }

  /** Ends the process with all its threads. */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      return; // the JVM is going down, and the hook with it
    }
  }

  private void end() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    PrivateFiles.deleteTree(directory);
  }

  /**
   * Looks whether this machine has room.
   *
   * @throws ExplosionFailed when it has not
   */
  public static void refuseTooMany(int threads) throws ExplosionFailed {
    refuseTooMany(threads, ThreadBudget.ofThisMachine(Path.of("/proc")));
  }

  static void refuseTooMany(int threads, Optional<ThreadBudget> budget) throws ExplosionFailed {
    if (threads < 1) {
      throw new ExplosionFailed("cannot explode into " + threads + " threads");
    }
    if (budget.isPresent() && threads > budget.get().available()) {
      ThreadBudget machine = budget.get();
      throw new ExplosionFailed(
          "cannot start %d threads: pid_max is %d, %d are in use and %d are left alone; at most %d"
              .formatted(
                  threads,
                  machine.pidMax(),
                  machine.inUse(),
                  ThreadBudget.MARGIN,
                  machine.available()));
    }
  }

  private static Path makeDirectory() throws ExplosionFailed {
    try {
      return Files.createTempDirectory("pidcheck-explosion-");
    } catch (IOException e) {
      throw new ExplosionFailed("cannot make a temporary directory: " + e.getMessage(), e);
    }
  }

  private static Process launch(Path directory, int threads) throws ExplosionFailed {
    try {
      ServiceImage.write(directory);
      String dotnet = directory.resolve(LeakingService.LINK).toString();
      ProcessBuilder builder =
          new ProcessBuilder(
                  Stream.concat(
                          Stream.of(dotnet, "@" + LeakingService.ARGUMENTS),
                          ServiceImage.arguments().stream())
                      .toList())
              .directory(directory.toFile())
              .redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().put(LeakingService.THREADS, Integer.toString(threads));
      return builder.start();
    } catch (IOException e) {
      PrivateFiles.deleteTree(directory);
      throw new ExplosionFailed("cannot start the exploding process: " + e.getMessage(), e);
    }
  }

  private void awaitReady() throws ExplosionFailed {
    Outcry.await(process.inputReader(StandardCharsets.UTF_8), threads);
  }
}
