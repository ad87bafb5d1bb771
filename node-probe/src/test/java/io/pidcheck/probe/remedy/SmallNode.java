package io.pidcheck.probe.remedy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A node of a few files: process 1, this program as 50 in a pod, a service as 60, settings to
 * write.
 */
record SmallNode(Path root) {

  static final String BOOT = "6d0f8a3c-5a44-4a0e-9a3e-0d2f6f6f9b1c";
  static final String POD = "0123abcd-0000-4000-8000-000000000050";
  static final long SERVICE_THREADS = 900;

  /** All tasks. */
  static final long IN_USE = 1 + 11 + SERVICE_THREADS;

  static SmallNode in(Path root) throws IOException {
    SmallNode node = new SmallNode(root);
    Files.createDirectories(root.resolve("host/cgroup-0"));
    Files.createDirectories(root.resolve("host/sysctl.d"));
    node.process(1, "systemd", 1, "/init.scope");
    node.process(50, "java", 11, "/kubepods/besteffort/pod" + POD + "/" + "a".repeat(64));
    node.process(60, "dotnet", SERVICE_THREADS, "/kubepods/besteffort/pod0/" + "b".repeat(64));
    Files.createSymbolicLink(root.resolve("proc/self"), Path.of("50"));
    node.write("proc/sys/kernel/random/boot_id", BOOT);
    node.write("proc/sys/kernel/pid_max", "1300");
    node.write("proc/sys/kernel/threads-max", "1400");
    node.write("host/cgroup-0/pids.max", "1300");
    return node;
  }

  void process(int pid, String comm, long threads, String cgroup) throws IOException {
    String stat =
        "%d (%s) S 0 %d %d 0 -1 4194304 0 0 0 0 0 0 0 0 20 0 %d 0 %d 0 0"
            .formatted(pid, comm, pid, pid, threads, pid * 10L);
    write("proc/" + pid + "/stat", stat);
    write("proc/" + pid + "/cgroup", "0::" + cgroup);
  }

  void write(String path, String content) throws IOException {
    Files.createDirectories(root.resolve(path).getParent());
    Files.writeString(root.resolve(path), content + "\n");
  }

  String read(String path) throws IOException {
    return Files.readString(root.resolve(path)).strip();
  }

  Path pidMax() {
    return root.resolve("proc/sys/kernel/pid_max");
  }

  Path pidsMax() {
    return root.resolve("host/cgroup-0/pids.max");
  }

  Path persisted() {
    return root.resolve("host/sysctl.d/99-pidcheck.conf");
  }

  Remedy.Order order() {
    return new Remedy.Order("worker-7", BOOT, false, root.resolve("proc"));
  }

  Remedy.Order dryRun() {
    return new Remedy.Order("worker-7", BOOT, true, root.resolve("proc"));
  }

  /** pid_max, threads-max and one cgroup. */
  Remedy.Files files() {
    return files(List.of(pidsMax()), Optional.empty());
  }

  /** The same, and the directory for what is to stay. */
  Remedy.Files filesToKeep() {
    return files(List.of(pidsMax()), Optional.of(root.resolve("host/sysctl.d")));
  }

  Remedy.Files files(List<Path> pidsMax, Optional<Path> sysctlDir) {
    Optional<Path> threadsMax = Optional.of(root.resolve("proc/sys/kernel/threads-max"));
    return new Remedy.Files(pidMax(), threadsMax, pidsMax, sysctlDir);
  }

  Remedy.RaisePidMax raise(long to, Remedy.Files files) {
    return new Remedy.RaisePidMax(order(), files, to, OptionalLong.of(2 * to));
  }
}
