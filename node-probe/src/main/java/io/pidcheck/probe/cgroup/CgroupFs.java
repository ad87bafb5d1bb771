package io.pidcheck.probe.cgroup;

import io.pidcheck.probe.proc.KernelFile;
import io.pidcheck.probe.proc.KernelFile.Outcome;
import io.pidcheck.probe.proc.Unread;
import io.pidcheck.probe.report.CgroupPids;
import io.pidcheck.probe.report.Limit;
import io.pidcheck.probe.text.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The mounted hierarchy that has the pids controller: v1, v2, or both side by side ("hybrid").
 * Kernel: Documentation/admin-guide/cgroup-v1/pids.rst and cgroup-v2.rst, "PID".
 */
public final class CgroupFs {

  // systemd.io/CGROUP_DELEGATION: where every distribution mounts it
  private static final Path ON_NODE = Path.of("/sys/fs/cgroup");

  private final Path root;
  private final Path pids;
  private final boolean mounted;
  private final Unread unread;
  private final KernelFile file = new KernelFile(64);

  private CgroupFs(Path root, Path pids, boolean mounted, Unread unread) {
    this.root = root;
    this.pids = pids;
    this.mounted = mounted;
    this.unread = unread;
  }

  /**
   * @param root where the node's cgroups are mounted, /sys/fs/cgroup as seen from the node
   */
  public static CgroupFs at(Path root, Unread unread) {
    Path v1 = root.resolve("pids");
    if (Files.isDirectory(v1)) {
      return new CgroupFs(root, v1, true, unread);
    }
    Path hybrid = root.resolve("unified");
    Path v2 = Files.exists(hybrid.resolve("cgroup.controllers")) ? hybrid : root;
    boolean mounted = Files.exists(v2.resolve("cgroup.controllers"));
    if (!mounted) {
      unread.add("pids.max and pids.current", "no pids controller under " + root);
    }
    return new CgroupFs(root, v2, mounted, unread);
  }

  /** Where the pids controller's hierarchy is mounted. */
  Path pidsRoot() {
    return pids;
  }

  /** Where the node itself has that hierarchy; empty where there is none. */
  public String onNode() {
    return mounted ? ON_NODE.resolve(root.relativize(pids)).toString() : "";
  }

  boolean has(String path) {
    return mounted && Files.isDirectory(Path.of(pids + path));
  }

  /**
   * The controller's figures of one cgroup. Empty where there are none: at the root, where the
   * controller is not enabled, and where the cgroup cannot be found.
   */
  public Optional<CgroupPids> read(CgroupPath cgroup) {
    if (!mounted || cgroup.path().equals("/")) {
      return Optional.empty();
    }
    String directory = pids + cgroup.path();
    Outcome outcome = file.read(directory + "/pids.current");
    if (outcome != Outcome.READ) {
      note(directory, outcome);
      return Optional.empty();
    }
    OptionalLong current = number();
    Limit max = max(directory + "/pids.max");
    return Optional.of(
        new CgroupPids(
            Printable.of(cgroup.path()),
            cgroup.kind(),
            cgroup.podUid(),
            cgroup.containerId(),
            max,
            current));
  }

  private Limit max(String path) {
    Outcome outcome = file.read(path);
    if (outcome != Outcome.READ) {
      unread.addCgroup("<cgroup>/pids.max", outcome.why());
      return Limit.UNKNOWN;
    }
    if (file.length() >= 3 && file.bytes()[0] == 'm') {
      return Limit.UNLIMITED;
    }
    OptionalLong value = number();
    return value.isPresent() ? Limit.of(value.getAsLong()) : Limit.UNKNOWN;
  }

  private void note(String directory, Outcome outcome) {
    if (outcome != Outcome.GONE) {
      unread.addCgroup("<cgroup>/pids.current", outcome.why());
    } else if (!Files.isDirectory(Path.of(directory))) {
      unread.addCgroup("<cgroup>/pids.current", "no such cgroup under " + pids);
    }
  }

  private OptionalLong number() {
    long value = 0;
    int i = 0;
    while (i < file.length() && file.bytes()[i] >= '0' && file.bytes()[i] <= '9') {
      value = value * 10 + (file.bytes()[i] - '0');
      i++;
    }
    return i == 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
