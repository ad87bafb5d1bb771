package io.pidcheck.probe.remedy;

import io.pidcheck.probe.cgroup.CgroupPath;
import io.pidcheck.probe.proc.ProcFs;
import io.pidcheck.probe.proc.ProcessStat;
import io.pidcheck.probe.report.Limit;
import io.pidcheck.probe.report.Reason;
import io.pidcheck.probe.report.Reason.Why;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether this program is in the PID namespace whose pid_max it is to write. Since Linux 6.14
 * pid_max is a setting of each PID namespace, and which one a file below /proc/sys means is decided
 * by who opens it (kernel/pid.c, pid_table_root_lookup): in a container without hostPID a write to
 * the node's very file succeeds, reads back, and changes nothing on the node.
 */
final class HostNamespace {

  private static final int KTHREADD = 2;

  private final ProcFs proc;

  HostNamespace(ProcFs proc) {
    this.proc = proc;
  }

  /** Why a write to this file would not govern the node; empty when it would. */
  Optional<Reason> whyNot(Path pidMax) {
    String file = new Setting(Setting.PID_MAX, pidMax).now();
    Limit own = proc.sysctl("kernel/pid_max");
    boolean same = own instanceof Limit.Of of && Setting.number(file).orElse(-1) == of.value();
    if (!same) {
      return Optional.of(Reason.of(Why.FILE_OF_ANOTHER_NAMESPACE));
    }
    return initIsOurs() ? Optional.of(Reason.of(Why.OWN_NAMESPACE)) : Optional.empty();
  }

  // With a PID namespace of its own a pod's process 1 is the container's program or the pause
  // container.
  private boolean initIsOurs() {
    Optional<ProcessStat> kthreadd = proc.stat(KTHREADD);
    if (kthreadd.isPresent() && kthreadd.get().kernelThread()) {
      return false; // only the first PID namespace has kernel threads
    }
    OptionalInt self = proc.ownPid();
    Optional<String> init = proc.cgroup(1);
    if (self.isEmpty() || self.getAsInt() == 1 || init.isEmpty()) {
      return true;
    }
    boolean sameCgroup = init.equals(proc.cgroup(self.getAsInt()));
    return sameCgroup || inPod(init.get());
  }

  private static boolean inPod(String cgroup) {
    // relative to this container's cgroup namespace, cgroup_namespaces(7): one step up is its pod
    boolean nextToUs = cgroup.startsWith("/../") && !cgroup.startsWith("/../..");
    return nextToUs || CgroupPath.parse(cgroup).podUid().isPresent();
  }
}
