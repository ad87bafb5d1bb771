package io.pidcheck.probe;

import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.ReportJson;
import io.pidcheck.probe.report.TerminationMessage;
import io.pidcheck.probe.text.Printable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The program that runs on a node: prints one {@link NodeReport} as JSON on stdout, and leaves a
 * short form of it as the container's termination message. Exit codes: 0 the report is printed; 1
 * it could not be made or printed; 2 bad arguments. In both cases one line on stderr says why.
 */
public final class NodeProbe {

  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int BAD_ARGUMENTS = 2;

  private NodeProbe() {}

  public static void main(String[] args) {
    // not exit: there is nothing to shut down, and that alone loads the logging classes, 12 ms
    Runtime.getRuntime().halt(run(Arguments.parse(args, System.getenv())));
  }

  private static int run(Arguments arguments) {
    if (arguments instanceof Arguments.Inspect inspect) {
      return inspect(inspect);
    }
    complain(arguments instanceof Arguments.Refused refused ? refused.why() : Arguments.USAGE);
    return BAD_ARGUMENTS;
  }

  private static int inspect(Arguments.Inspect arguments) {
    NodeReport report;
    try {
      report = new Inspection(arguments, Path.of("/sys/fs/cgroup")).report();
    } catch (IOException e) {
      return fail(arguments, "cannot read " + arguments.proc() + ": " + e);
    } catch (RuntimeException e) {
      return fail(arguments, "a bug: " + e + " at " + e.getStackTrace()[0]);
    }
    if (arguments.terminationLog().isPresent()) {
      leave(arguments.terminationLog(), TerminationMessage.of(report));
    }
    try {
      print(report);
      return DONE;
    } catch (IOException e) {
      complain("cannot print the report: " + e.getMessage());
      return FAILED;
    }
  }

  private static void print(NodeReport report) throws IOException {
    byte[] json = ReportJson.of(report);
    try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      out.write(json);
      out.write('\n');
    }
  }

  private static int fail(Arguments.Inspect arguments, String why) {
    complain(why);
    leave(arguments.terminationLog(), oneLine(why).getBytes(StandardCharsets.UTF_8));
    return FAILED;
  }

  /** Best effort: the log has the whole report; this is for when the log cannot be had. */
  private static void leave(Optional<Path> terminationLog, byte[] message) {
    if (terminationLog.isEmpty()) {
      return;
    }
    try (OutputStream out = new FileOutputStream(terminationLog.get().toString())) {
      out.write(message);
    } catch (IOException e) {
      complain("cannot write the termination message: " + e.getMessage());
    }
  }

  private static void complain(String why) {
    System.err.println(oneLine(why));
  }

  private static String oneLine(String why) {
    return "node-probe: " + Printable.cut(Printable.of(why), 500);
  }
}
