package io.pidcheck.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** The packaged probe as a real process, with the flags that it has on a node. */
final class ProbeProcess {

  static final Path JAR = Path.of("target/node-probe.jar").toAbsolutePath();
  static final Path FLAGS = Path.of("src/main/dist/jvm.args").toAbsolutePath();
  static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private static final long PATIENCE_SECONDS = 60;

  record Ended(int exitCode, String out, String err) {}

  private ProbeProcess() {}

  static List<String> command(Path jar, Path flags, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(JAVA.toString());
    command.add("@" + flags);
    command.add("-cp");
    command.add(jar.toString());
    command.add("io.pidcheck.probe.NodeProbe");
    command.addAll(List.of(arguments));
    return command;
  }

  /** No NODE_NAME and no termination log of whoever runs the tests. */
  static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("NODE_NAME");
    builder.environment().remove("PIDCHECK_TERMINATION_LOG");
    return builder;
  }

  static Ended run(Path scratch, String... arguments) throws IOException, InterruptedException {
    return run(scratch, command(JAR, FLAGS, arguments));
  }

  static Ended run(Path scratch, List<String> command) throws IOException, InterruptedException {
    Path out = scratch.resolve("stdout");
    Path err = scratch.resolve("stderr");
    ProcessBuilder builder = builder(command);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    int exitCode = exitCode(process);
    return new Ended(exitCode, Files.readString(out), Files.readString(err));
  }

  static int exitCode(Process process) throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the probe did not end");
    }
    return process.exitValue();
  }

  /** What a report says of one process. */
  static JsonNode entry(JsonNode report, long pid) {
    for (JsonNode process : report.at("/processes")) {
      if (process.at("/pid").asLong() == pid) {
        return process;
      }
    }
    throw new AssertionError("no process " + pid + " in the report");
  }
}
