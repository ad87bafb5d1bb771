package io.pidcheck.bot.local.cluster.explosion;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The leaking service on disk: a link to this Java named {@code dotnet}, which the kernel makes the
 * process's name of (execve(2), comm), and a file with the arguments that nobody needs to see.
 */
public final class ServiceImage {

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
  private static final List<String> SERVICE =
      List.of(
          "Orders.dll",
          "--urls=http://+:8080",
          "--ConnectionStrings:Default=Server=db.internal;Database=orders;User Id=orders;Password="
              + LocalExplosion.SECRET);

  private ServiceImage() {}

  /**
   * Writes it.
   *
   * @return its entrypoint
   */
  public static List<String> write(Path directory) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path dotnet = Files.createSymbolicLink(directory.resolve(LeakingService.LINK), java);
    Path arguments = Files.write(directory.resolve(LeakingService.ARGUMENTS), argumentFile());
    return List.of(dotnet.toString(), "@" + arguments);
  }

  /** What the service is started with; it has a password in it. */
  public static List<String> arguments() {
    return SERVICE;
  }

  /** The variable that says how many threads are wanted. */
  public static String threadsVariable() {
    return LeakingService.THREADS;
  }

  // https://docs.oracle.com/en/java/javase/25/docs/specs/man/java.html#java-command-line-argument-files
  private static List<String> argumentFile() throws IOException {
    String quoted = classes().toString().replace("\\", "\\\\").replace("\"", "\\\"");
    return Stream.of(
            JVM.stream(), Stream.of("-cp", "\"" + quoted + "\"", LeakingService.class.getName()))
        .flatMap(words -> words)
        .toList();
  }

  private static Path classes() throws IOException {
    try {
      return Path.of(
          LeakingService.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("where our own classes are", e);
    }
  }
}
