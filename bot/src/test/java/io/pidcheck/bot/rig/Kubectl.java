package io.pidcheck.bot.rig;

import java.util.stream.Stream;

/** kubectl ({@code $KUBECTL}, or on the PATH), as an administrator runs it. */
public final class Kubectl {

  private static final String PROGRAM = System.getenv().getOrDefault("KUBECTL", "kubectl");

  private Kubectl() {}

  /** What it prints; a failure of it is one of the test. */
  public static String run(String... arguments) {
    return Program.run(Stream.concat(Stream.of(PROGRAM), Stream.of(arguments)).toList());
  }
}
