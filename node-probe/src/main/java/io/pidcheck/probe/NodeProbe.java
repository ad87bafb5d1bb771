package io.pidcheck.probe;

import io.pidcheck.probe.remedy.Act;
import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.RemedyJson;
import io.pidcheck.probe.report.RemedyResult;
import io.pidcheck.probe.report.ReportJson;
import io.pidcheck.probe.report.TerminationMessage;
import io.pidcheck.probe.standby.Standby;
import io.pidcheck.probe.text.Printable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The program that runs on a node: prints one {@link NodeReport} as JSON on stdout, or carries out
 * one remedy and prints its {@link RemedyResult}, and leaves a short form of it as the container's
 * termination message; or stays, and does either as often as it is asked ({@link Standby}). Exit
 * codes: 0 it is printed, whatever it says; 1 it could not be made or printed; 2 bad arguments; 3
 * no proc file system, so that nothing was done. For all but 0 one line on stderr says why.
 */
public final class NodeProbe {

  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int BAD_ARGUMENTS = 2;
  private static final int NO_PROC = 3;

  private NodeProbe() {}

  public static void main(String[] args) {
    // not exit: there is nothing to shut down, and that alone loads the logging classes, 12 ms
    Runtime.getRuntime().halt(run(Arguments.parse(args, System.getenv())));
  }

  static int run(Arguments arguments) {
    if (arguments instanceof Arguments.Inspect inspect) {
      return inspect(inspect);
    }
    if (arguments instanceof Arguments.Remedying remedying) {
      return act(remedying);
    }
    if (arguments instanceof Arguments.Standby standby) {
      return standBy(standby);
    }
    complain(arguments instanceof Arguments.Refused refused ? refused.why() : Arguments.USAGE);
    return BAD_ARGUMENTS;
  }

  private static int inspect(Arguments.Inspect arguments) {
    NodeReport report;
    try {
      report = new Inspection(arguments, Path.of("/sys/fs/cgroup"), false).report();
    } catch (IOException e) {
      complain(arguments.terminationLog(), "cannot read " + arguments.proc() + ": " + e);
      return FAILED;
    } catch (RuntimeException e) {
      complain(arguments.terminationLog(), "a bug: " + e + " at " + e.getStackTrace()[0]);
      return FAILED;
    }
    if (arguments.terminationLog().isPresent()) {
      leave(arguments.terminationLog(), TerminationMessage.of(report));
    }
    return print(ReportJson.of(report));
  }

  private static int act(Arguments.Remedying arguments) {
    RemedyResult result;
    try {
      result = Act.of(arguments.remedy());
    } catch (IOException e) {
      complain(arguments.terminationLog(), "cannot read the proc file system: " + e);
      return NO_PROC;
    } catch (RuntimeException e) {
      complain(arguments.terminationLog(), "a bug: " + e + " at " + e.getStackTrace()[0]);
      return FAILED;
    }
    leave(arguments.terminationLog(), RemedyJson.terminationMessage(result));
    return print(RemedyJson.of(result));
  }

  private static int standBy(Arguments.Standby arguments) {
    StandbyWork work = new StandbyWork(arguments);
    try {
      work.rehearse();
    } catch (IOException e) {
      complain("cannot read " + arguments.proc() + ": " + e);
      return NO_PROC;
    }
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    Standby.Answers answers = new Standby.Answers(out, arguments.nodeLog());
    new Standby(arguments.node(), arguments.source(), work, answers).run();
    return FAILED;
  }

  private static int print(byte[] json) {
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    try {
      new FileOutputStream(FileDescriptor.out).write(line);
      return DONE;
    } catch (IOException e) {
      complain("cannot print the report: " + e.getMessage());
      return FAILED;
    }
  }

  private static void complain(Optional<Path> terminationLog, String why) {
    complain(why);
    leave(terminationLog, oneLine(why).getBytes(StandardCharsets.UTF_8));
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
