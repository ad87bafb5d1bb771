package io.pidcheck.probe.report;

import java.util.List;

/**
 * Why a remedy went as it did, as far as its outcome does not say it already. No sentence: whoever
 * shows it says it in the reader's language.
 *
 * @param details what {@link Why} names, in that order; printable
 */
public record Reason(Why why, List<String> details) {

  public Reason {
    details = List.copyOf(details);
  }

  public static Reason of(Why why, String... details) {
    return new Reason(why, List.of(details));
  }

  /** What is known; in brackets its details. */
  public enum Why {
    /** The node was started again since it was looked at. */
    NODE_REBOOTED,
    /** It is dead, and its parent has not waited for it, wait(2): [parent's pid, its name]. */
    NOT_WAITED_FOR,
    /** The process that has the pid now began at another time: [its start, in ticks]. */
    STARTED_LATER,
    /** The id is that of a thread, and not of a process. */
    IS_A_THREAD,
    /** A system call failed: [its name, errno]. */
    CALL_FAILED,
    /** It is in this state, proc_pid_stat(5), after SIGKILL: [one letter, threads it still has]. */
    IN_STATE,

    /** Process 1. */
    IS_INIT,
    IS_KERNEL_THREAD,
    /** The program that was asked to kill it. */
    IS_PROBE,
    IN_PROBES_POD,
    /** The settings protect its name: [name]. */
    NAME_IN_SETTINGS,
    /** The bot protects its pod: calico-node, or the control plane. */
    POD_IN_SETTINGS,
    IN_STATIC_POD,
    IS_KUBELET,
    IS_RUNTIME,
    IS_CONTROL_PLANE,
    IS_SYSTEMD,
    IS_SSHD,

    /** Fewer than are in use, with what the kernel keeps back: [setting, value, tasks in use]. */
    LESS_THAN_IN_USE,
    /** The file and this program's own /proc say different things of pid_max. */
    FILE_OF_ANOTHER_NAMESPACE,
    /** This program is in a PID namespace of its own: its pod lacks hostPID. */
    OWN_NAMESPACE,
    /** A file cannot be written or removed: [setting or file name, errno]. */
    NOT_WRITTEN,
    /** It was written, and says something else: [setting, what it says]. */
    READS_BACK,
    /** A file of that name is there, and not as this program writes it: [file name]. */
    NOT_OUR_FILE
  }
}
