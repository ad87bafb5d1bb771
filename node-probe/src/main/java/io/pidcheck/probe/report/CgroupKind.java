package io.pidcheck.probe.report;

/** What a cgroup stands for on a Kubernetes node. */
public enum CgroupKind {
  ROOT,
  /** The ceiling of all pods: kubepods, kubepods.slice. */
  KUBEPODS,
  /** kubepods/burstable, kubepods/besteffort. */
  QOS,
  POD,
  CONTAINER,
  /** containerd, cri-o, docker and their shims' services. */
  RUNTIME,
  KUBELET,
  /** Any other system service. */
  SERVICE,
  USER_SLICE,
  OTHER
}
