package io.pidcheck.probe;

import io.pidcheck.probe.proc.ProcFs;
import io.pidcheck.probe.proc.Unread;
import java.nio.file.Path;
import java.util.List;

/**
 * Goes through every verb once and changes nothing. The build of the image runs it to learn which
 * classes the program needs, so that they come linked from the AOT cache (JEP 514) on a node.
 */
public final class Rehearsal {

  private Rehearsal() {}

  public static void main(String[] args) {
    String boot = new ProcFs(Path.of("/proc"), new Unread()).bootId();
    String order = " --node=rehearsal --dry-run --boot-id=" + boot;
    int exitCode = 0;
    for (String line :
        List.of(
            "inspect --node=rehearsal --second-count-after=1ms --termination-log=/dev/null",
            "kill --target=1:0 --target=4194304:1" + order,
            "set-pid-max --to=4194304 --pid-max-file=/proc/sys/kernel/pid_max" + order,
            "undo --restore=pid_max=4194304 --pid-max-file=/proc/sys/kernel/pid_max" + order)) {
      Arguments arguments = Arguments.parse(line.split(" ", -1), System.getenv());
      exitCode = Math.max(exitCode, NodeProbe.run(arguments));
    }
    Runtime.getRuntime().halt(exitCode);
  }
}
