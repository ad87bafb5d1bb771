package io.pidcheck.bot.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** kubectl ({@code $KUBECTL}, or on the PATH), as an administrator runs it. */
public final class Kubectl {

  private static final String PROGRAM = System.getenv().getOrDefault("KUBECTL", "kubectl");

  private Kubectl() {}

  /** What it prints; a failure of it is one of the test. */
  public static String run(String... arguments) {
    List<String> command = Stream.concat(Stream.of(PROGRAM), Stream.of(arguments)).toList();
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + " failed: " + output);
      }
      return output.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
