package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.evidence.PodSeen;
import io.pidcheck.probe.report.ProcessUse;
import java.util.Optional;

/** Why a process must not be killed from here, whatever it holds. */
public enum Protection {
  NONE,
  INIT,
  KERNEL,
  KUBELET,
  RUNTIME,
  SHIM,
  SYSTEMD,
  SSHD,
  /** A static pod: the API server, etcd and their like. */
  CONTROL_PLANE,
  /** Dead already; only its parent can act. */
  ZOMBIE,
  PROBE;

  /** Of a process that was seen, by what it is and whose it is. */
  public static Protection of(ProcessUse process, Optional<PodSeen> pod) {
    if (process.pid() <= 1) {
      return INIT;
    }
    if (process.state().equals("Z") || process.state().equals("X")) {
      return ZOMBIE;
    }
    // kthreadd is 2 in the first PID namespace only; a kernel thread has no command line
    if ((process.pid() == 2 || process.ppid() == 2) && process.commandLine().isEmpty()) {
      return KERNEL;
    }
    if (pod.isPresent() && pod.get().mirror()) {
      return CONTROL_PLANE;
    }
    if (process.commandLine().contains("io.pidcheck.probe.NodeProbe")) {
      return PROBE;
    }
    return process.podUid().isPresent() ? NONE : byName(process.comm());
  }

  /** Of a process that is in no pod. */
  public static Protection byName(String comm) {
    if (isShim(comm)) {
      return SHIM;
    }
    return switch (comm) {
      case "kubelet", "k3s", "k3s-agent", "k3s-server", "rke2", "k0s", "kubelite" -> KUBELET;
      case "containerd", "dockerd", "crio", "cri-dockerd", "runc", "crun" -> RUNTIME;
      case "sshd", "sshd-session" -> SSHD;
      case "kube-apiserver", "etcd", "kube-controller", "kube-scheduler" -> CONTROL_PLANE;
      default -> comm.startsWith("systemd") ? SYSTEMD : NONE;
    };
  }

  /** comm has 15 characters: containerd-shim-runc-v2 reads containerd-shim. */
  static boolean isShim(String comm) {
    return comm.startsWith("containerd-shim")
        || comm.startsWith("docker-containe")
        || comm.equals("conmon")
        || comm.equals("conmonrs");
  }
}
