package io.pidcheck.probe.report;

import io.pidcheck.probe.text.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * A report cut to what a container may leave as its termination message: the kubelet keeps the last
 * 4096 bytes of it, so one byte more would make it unreadable JSON. The shape stays; the lists and
 * the command lines get shorter until it fits, and {@link NodeReport#complete()} is false.
 *
 * <p>A process in a pod has no {@code cgroup} here: it is as long as all its other fields, and its
 * pod's is in {@code owners}.
 */
public final class TerminationMessage {

  /** Kubernetes: pkg/kubelet/container, MaxContainerTerminationMessageLength. */
  public static final int MAX_BYTES = 4096;

  private static final int MOST_GENEROUS = 20;

  private TerminationMessage() {}

  /** At most {@link #MAX_BYTES} of JSON. */
  public static byte[] of(NodeReport report) {
    byte[] fits = ReportJson.of(report);
    if (fits.length <= MAX_BYTES) {
      return fits;
    }
    fits = ReportJson.of(cut(report, 0));
    int least = 0;
    int most = MOST_GENEROUS;
    while (least < most) {
      int size = (least + most + 1) / 2;
      byte[] json = ReportJson.of(cut(report, size));
      if (json.length <= MAX_BYTES) {
        fits = json;
        least = size;
      } else {
        most = size - 1;
      }
    }
    return fits;
  }

  /**
   * @param size about the number of processes; 0 leaves the figures without any list
   */
  private static NodeReport cut(NodeReport report, int size) {
    return new NodeReport(
        report.version(),
        false,
        report.node(),
        report.limits(),
        report.use(),
        report.memory(),
        processes(report.processes(), size),
        first(report.cgroups(), size),
        first(report.owners(), (size + 1) / 2),
        first(report.commands(), size / 2),
        threadNames(report.threadNames(), size),
        first(report.zombieParents(), size / 3),
        first(report.missing(), (size + 1) / 2),
        report.later());
  }

  private static List<ProcessUse> processes(List<ProcessUse> all, int size) {
    List<ProcessUse> kept = new ArrayList<>();
    for (ProcessUse process : first(all, size)) {
      kept.add(
          new ProcessUse(
              process.pid(),
              process.ppid(),
              process.uid(),
              process.state(),
              process.startTicks(),
              process.threads(),
              process.comm(),
              Printable.cut(process.commandLine(), 16 * size),
              process.nproc(),
              process.podUid().isPresent() ? "" : process.cgroup(),
              process.podUid(),
              process.containerId()));
    }
    return kept;
  }

  private static List<ThreadNames> threadNames(List<ThreadNames> all, int size) {
    List<ThreadNames> kept = new ArrayList<>();
    for (ThreadNames ofProcess : first(all, (size + 2) / 3)) {
      List<ThreadNames.Name> names = first(ofProcess.names(), (size + 1) / 2);
      long other = ofProcess.counted();
      for (ThreadNames.Name name : names) {
        other -= name.threads();
      }
      kept.add(new ThreadNames(ofProcess.pid(), ofProcess.counted(), names, other));
    }
    return kept;
  }

  private static <T> List<T> first(List<T> list, int n) {
    return list.subList(0, Math.min(n, list.size()));
  }
}
