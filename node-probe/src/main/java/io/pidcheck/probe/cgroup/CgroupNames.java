package io.pidcheck.probe.cgroup;

import io.pidcheck.probe.report.CgroupKind;
import java.util.Optional;
import java.util.Set;

/** The names that kubelet, container runtimes and systemd give to cgroups. */
final class CgroupNames {

  private static final int CONTAINER_ID = 64; // sha-256 in hex, of all CRI runtimes
  private static final int UUID = 36;
  private static final int STATIC_POD_UID = 32; // a hash of the manifest: hex without dashes

  private static final Set<String> RUNTIMES =
      Set.of(
          "containerd.service",
          "crio.service",
          "cri-o.service",
          "docker.service",
          "cri-docker.service",
          "podruntime.slice",
          "runtime.slice");

  private static final Set<String> KUBELETS =
      Set.of(
          "kubelet.service",
          "k3s.service",
          "k3s-agent.service",
          "rke2-server.service",
          "rke2-agent.service",
          "k0scontroller.service",
          "k0sworker.service",
          "snap.microk8s.daemon-kubelite.service");

  private CgroupNames() {}

  /** {@code pod<uid>} or {@code kubepods-burstable-pod<uid with underscores>.slice}. */
  static Optional<String> podUid(String name) {
    int colon = name.indexOf(':');
    String slice = colon < 0 ? name : name.substring(0, colon);
    int from;
    int to = slice.length();
    if (slice.endsWith(".slice") && slice.contains("kubepods")) {
      from = slice.lastIndexOf("-pod") + "-pod".length();
      to -= ".slice".length();
      if (from < "-pod".length()) {
        return Optional.empty();
      }
    } else if (slice.startsWith("pod")) {
      from = "pod".length();
    } else {
      return Optional.empty();
    }
    String uid = slice.substring(from, to).replace('_', '-');
    boolean plausible = uid.length() == UUID || uid.length() == STATIC_POD_UID;
    return plausible && isHex(uid, true) ? Optional.of(uid) : Optional.empty();
  }

  /**
   * {@code <id>}, {@code <runtime>-<id>.scope} or {@code <slice>:<runtime>:<id>}. CRI-O's {@code
   * crio-conmon-<id>.scope} holds the container's monitor, not the container.
   */
  static Optional<String> containerId(String name) {
    String rest = name.endsWith(".scope") ? name.substring(0, name.length() - 6) : name;
    if (rest.length() < CONTAINER_ID) {
      return Optional.empty();
    }
    int from = rest.length() - CONTAINER_ID;
    String id = rest.substring(from);
    if (!isHex(id, false) || rest.startsWith("crio-conmon-")) {
      return Optional.empty();
    }
    boolean apart = from == 0 || rest.charAt(from - 1) == '-' || rest.charAt(from - 1) == ':';
    return apart ? Optional.of(id) : Optional.empty();
  }

  /**
   * @param parent what the cgroup above is
   */
  static CgroupKind kind(String name, CgroupKind parent) {
    String slice = name.endsWith(".slice") ? name.substring(0, name.length() - 6) : name;
    if (slice.equals("kubepods") || slice.endsWith("-kubepods")) {
      return CgroupKind.KUBEPODS;
    }
    if (parent == CgroupKind.KUBEPODS
        && (slice.endsWith("burstable") || slice.endsWith("besteffort"))) {
      return CgroupKind.QOS;
    }
    if (KUBELETS.contains(name)) {
      return CgroupKind.KUBELET;
    }
    if (RUNTIMES.contains(name)) {
      return CgroupKind.RUNTIME;
    }
    if (name.equals("user.slice") || (name.startsWith("user-") && name.endsWith(".slice"))) {
      return CgroupKind.USER_SLICE;
    }
    return name.endsWith(".service") ? CgroupKind.SERVICE : CgroupKind.OTHER;
  }

  private static boolean isHex(String text, boolean dashes) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      if (!hex && !(dashes && c == '-')) {
        return false;
      }
    }
    return true;
  }
}
