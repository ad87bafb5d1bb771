package io.pidcheck.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that a test may kill. It has said that it is ready. */
final class Victim implements AutoCloseable {

  private final Process process;
  private final BufferedReader said;

  private Victim(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    said = process.inputReader();
    assertThat(said.readLine()).isEqualTo("ready");
  }

  static Victim of(String... command) throws IOException {
    return new Victim(List.of(command));
  }

  static Victim thatEndsOnSigterm() throws IOException {
    return of("sh", "-c", "echo ready; exec sleep 1000");
  }

  /** What is ignored stays ignored over exec, execve(2). */
  static Victim thatIgnoresSigterm() throws IOException {
    return of("sh", "-c", "trap '' TERM; echo ready; exec sleep 1000");
  }

  long pid() {
    return process.pid();
  }

  /** The next line that it says. */
  String said() throws IOException {
    return said.readLine();
  }

  boolean lives() {
    return process.isAlive();
  }

  /** The signal that ended it, as a shell has it: 128 and the number. */
  int ended() throws InterruptedException {
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    kill();
  }

  /** With the processes that it has started. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
