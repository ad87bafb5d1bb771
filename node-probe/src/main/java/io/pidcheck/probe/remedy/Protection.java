package io.pidcheck.probe.remedy;

import io.pidcheck.probe.cgroup.CgroupPath;
import io.pidcheck.probe.proc.ProcFs;
import io.pidcheck.probe.proc.ProcessStat;
import io.pidcheck.probe.report.CgroupKind;
import io.pidcheck.probe.report.Reason;
import io.pidcheck.probe.report.Reason.Why;
import java.util.Optional;
import java.util.Set;

/**
 * Whose end would be worse than a node without free PIDs. In a pod no name protects, since whoever
 * makes the image chooses it; except for the names that the settings guard.
 */
final class Protection {

  private static final Set<String> KUBELETS =
      Set.of("kubelet", "k3s", "k3s-agent", "k3s-server", "rke2", "k0s", "kubelite");
  private static final Set<String> RUNTIMES =
      Set.of("containerd", "dockerd", "crio", "cri-dockerd", "runc", "crun");
  // comm has 15 characters: containerd-shim-runc-v2 reads containerd-shim
  private static final Set<String> SHIMS =
      Set.of("containerd-shim", "docker-containe", "conmon", "conmonrs");
  private static final Set<String> CONTROL_PLANE =
      Set.of("kube-apiserver", "etcd", "kube-controller", "kube-scheduler");

  private final ProcFs proc;
  private final Remedy.Guarded guarded;
  private final int ownPid;
  private final Optional<String> ownPod;

  Protection(ProcFs proc, Remedy.Guarded guarded) {
    this.proc = proc;
    this.guarded = guarded;
    ownPid = proc.ownPid().orElse(0);
    ownPod = proc.cgroup(ownPid).map(CgroupPath::parse).flatMap(CgroupPath::podUid);
  }

  /** Why this process must not be killed; empty when it may be. */
  Optional<Reason> why(ProcessStat stat) {
    if (stat.pid() == 1) {
      return Optional.of(Reason.of(Why.IS_INIT));
    }
    if (stat.kernelThread()) {
      return Optional.of(Reason.of(Why.IS_KERNEL_THREAD));
    }
    if (stat.pid() == ownPid) {
      return Optional.of(Reason.of(Why.IS_PROBE));
    }
    if (guarded.comms().contains(stat.comm())) {
      return Optional.of(Reason.of(Why.NAME_IN_SETTINGS, stat.comm()));
    }
    Optional<CgroupPath> cgroup = proc.cgroup(stat.pid()).map(CgroupPath::parse);
    Optional<String> pod = cgroup.flatMap(CgroupPath::podUid);
    return pod.isPresent() ? inPod(cgroup.get(), pod.get()) : outsidePods(stat, cgroup);
  }

  private Optional<Reason> inPod(CgroupPath cgroup, String uid) {
    if (cgroup.ofStaticPod()) {
      return Optional.of(Reason.of(Why.IN_STATIC_POD));
    }
    if (Optional.of(uid).equals(ownPod)) {
      return Optional.of(Reason.of(Why.IN_PROBES_POD));
    }
    return guarded.podUids().contains(uid)
        ? Optional.of(Reason.of(Why.POD_IN_SETTINGS))
        : Optional.empty();
  }

  private static Optional<Reason> outsidePods(ProcessStat stat, Optional<CgroupPath> cgroup) {
    String comm = stat.comm();
    CgroupKind kind = cgroup.map(CgroupPath::kind).orElse(CgroupKind.OTHER);
    if (kind == CgroupKind.KUBELET || KUBELETS.contains(comm)) {
      return Optional.of(Reason.of(Why.IS_KUBELET));
    }
    if (kind == CgroupKind.RUNTIME || RUNTIMES.contains(comm) || SHIMS.contains(comm)) {
      return Optional.of(Reason.of(Why.IS_RUNTIME));
    }
    if (CONTROL_PLANE.contains(comm)) {
      return Optional.of(Reason.of(Why.IS_CONTROL_PLANE));
    }
    if (comm.startsWith("systemd")) {
      return Optional.of(Reason.of(Why.IS_SYSTEMD));
    }
    return comm.equals("sshd") || comm.equals("sshd-session")
        ? Optional.of(Reason.of(Why.IS_SSHD))
        : Optional.empty();
  }
}
