package io.pidcheck.bot.local.cluster.explosion;

import io.pidcheck.bot.local.cluster.file.PrivateFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
  private static final List<String> SERVICE =
      List.of(
          "Orders.dll",
          "--urls=http://+:8080",
          "--ConnectionStrings:Default=Server=db.internal;Database=orders;User Id=orders;Password="
              + SECRET);
  // a small JVM of few threads; the stacks are what 100,000 threads would need address space for
  private static final List<String> JVM =
      List.of(
          "-Xss144k",
          "-Xmx64m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-XX:+DisableAttachMechanism",
          "-Xshare:auto",
          "-Xrs");

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
    refuseTooMany(threads, ThreadBudget.ofThisMachine(Path.of("/proc")));
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
    try {
      process.outputWriter().close();
    } catch (IOException e) {
      process.destroyForcibly(); // stdin is gone already, or it does not listen
    }
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

  /** The link's name is what the kernel makes the process's name of (execve(2), comm). */
  private static Process launch(Path directory, int threads) throws ExplosionFailed {
    try {
      Path java = Path.of(System.getProperty("java.home"), "bin", "java");
      Path dotnet = Files.createSymbolicLink(directory.resolve(LeakingService.LINK), java);
      Files.write(directory.resolve(LeakingService.ARGUMENTS), argumentFile());
      ProcessBuilder builder =
          new ProcessBuilder(
                  Stream.concat(
                          Stream.of(dotnet.toString(), "@" + LeakingService.ARGUMENTS),
                          SERVICE.stream())
                      .toList())
              .directory(directory.toFile())
              .redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().put(LeakingService.THREADS, Integer.toString(threads));
      return builder.start();
    } catch (IOException | URISyntaxException e) {
      PrivateFiles.deleteTree(directory);
      throw new ExplosionFailed("cannot start the exploding process: " + e.getMessage(), e);
    }
  }

  // https://docs.oracle.com/en/java/javase/25/docs/specs/man/java.html#java-command-line-argument-files
  private static List<String> argumentFile() throws URISyntaxException {
    Path classes =
        Path.of(LeakingService.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String quoted = classes.toString().replace("\\", "\\\\").replace("\"", "\\\"");
    return Stream.of(
            JVM.stream(), Stream.of("-cp", "\"" + quoted + "\"", LeakingService.class.getName()))
        .flatMap(words -> words)
        .toList();
  }

  private void awaitReady() throws ExplosionFailed {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String last = "";
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(LeakingService.READY)) {
          return;
        }
        if (line.startsWith(LeakingService.FAILED)) {
          throw new ExplosionFailed(
              "this machine started %s of %d threads and refused the next"
                  .formatted(line.substring(LeakingService.FAILED.length()), threads));
        }
        last = line;
      }
    } catch (IOException e) {
      throw new ExplosionFailed("lost the exploding process: " + e.getMessage(), e);
    }
    throw new ExplosionFailed(
        "the exploding process ended before it had %d threads: %s".formatted(threads, last));
  }
}
