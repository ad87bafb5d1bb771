package io.pidcheck.probe.cgroup;

import io.pidcheck.probe.report.CgroupKind;
import java.util.Optional;

/**
 * What a cgroup's path says about it. Both of the kubelet's naming schemes (cgroupfs and systemd)
 * and those of containerd, CRI-O and Docker:
 *
 * <pre>
 * /kubepods/burstable/pod&lt;uid&gt;/&lt;container&gt;
 * /kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod&lt;uid_&gt;.slice/cri-containerd-&lt;container&gt;.scope
 * </pre>
 *
 * @param ownerPath the pod's part of the path, or all of it where there is no pod
 * @param containerId also of the cgroups that a container has made below its own
 */
public record CgroupPath(
    String path,
    String ownerPath,
    CgroupKind kind,
    Optional<String> podUid,
    Optional<String> containerId) {

  public static CgroupPath parse(String path) {
    Parser parser = new Parser(path);
    int from = 0;
    while (from < path.length()) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      if (to > from) {
        parser.component(path.substring(from, to), to);
      }
      from = to + 1;
    }
    return parser.result();
  }

  /** The kind of what this path's tasks are added up under. */
  public CgroupKind ownerKind() {
    return podUid.isPresent() ? CgroupKind.POD : kind;
  }

  /** Of a pod that the kubelet has from a file, such as the API server's: its uid is a hash. */
  public boolean ofStaticPod() {
    return podUid.isPresent() && podUid.get().indexOf('-') < 0;
  }

  private static final class Parser {
    private final String path;
    private CgroupKind kind = CgroupKind.ROOT;
    private Optional<String> podUid = Optional.empty();
    private Optional<String> containerId = Optional.empty();
    private int ownerEnd;

    Parser(String path) {
      this.path = path;
    }

    void component(String name, int end) {
      if (name.equals("..")) {
        kind = CgroupKind.OTHER; // outside the reader's cgroup namespace, and where is not known
        return;
      }
      boolean inContainer = podUid.isPresent() && containerId.isPresent();
      kind = inContainer ? CgroupKind.OTHER : kindOf(name, end);
    }

    private CgroupKind kindOf(String name, int end) {
      Optional<String> uid = podUid.isPresent() ? Optional.empty() : CgroupNames.podUid(name);
      if (uid.isPresent()) {
        podUid = uid;
        containerId = Optional.empty(); // a container above a pod is a whole node: kind, k3d
        ownerEnd = end;
      }
      Optional<String> container = CgroupNames.containerId(name);
      if (container.isPresent()) {
        containerId = container;
        return CgroupKind.CONTAINER;
      }
      if (podUid.isPresent()) {
        return uid.isPresent() ? CgroupKind.POD : CgroupKind.OTHER;
      }
      return CgroupNames.kind(name, kind);
    }

    CgroupPath result() {
      String owner = podUid.isPresent() ? path.substring(0, ownerEnd) : path;
      return new CgroupPath(path, owner, kind, podUid, containerId);
    }
  }
}
