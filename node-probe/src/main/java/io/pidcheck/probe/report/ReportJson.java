package io.pidcheck.probe.report;

import java.util.List;
import java.util.Optional;

/**
 * A {@link NodeReport} as JSON, field names as the records' components have them. Absent optional
 * values are {@code null}; a {@link Limit} is a number, {@code "unlimited"} or {@code null}.
 */
public final class ReportJson {

  private final JsonWriter json = new JsonWriter();

  private ReportJson() {}

  /** One line of UTF-8, without a newline at its end. */
  public static byte[] of(NodeReport report) {
    ReportJson writer = new ReportJson();
    writer.report(report);
    return writer.json.bytes();
  }

  private void report(NodeReport report) {
    json.open('{');
    json.name("version").value(report.version());
    json.name("complete").value(report.complete());
    node(report.node());
    json.name("limits").open('{');
    json.name("pidMax").value(report.limits().pidMax());
    json.name("threadsMax").value(report.limits().threadsMax()).close('}');
    use(report.use());
    memory(report.memory());
    processes(report.processes());
    cgroups(report.cgroups());
    owners(report.owners());
    commands(report.commands());
    threadNames(report.threadNames());
    zombieParents(report.zombieParents());
    missing(report.missing());
    later(report.later());
    json.close('}');
  }

  private void node(NodeFacts node) {
    json.name("node").open('{');
    json.name("name").value(node.name());
    json.name("bootId").value(node.bootId());
    json.name("kernel").value(node.kernel());
    json.name("uptimeSeconds").value(node.uptimeSeconds());
    json.name("takenAtEpochMillis").value(node.takenAtEpochMillis());
    json.name("tookMicros").value(node.tookMicros());
    json.name("pidsRoot").value(node.pidsRoot()).close('}');
  }

  private void use(PidUse use) {
    json.name("use").open('{');
    json.name("threads").value(use.threads());
    json.name("processes").value(use.processes());
    json.name("kernelThreads").value(use.kernelThreads());
    json.name("zombies").value(use.zombies());
    json.name("freePids").value(use.freePids()).close('}');
  }

  private void memory(Memory memory) {
    json.name("memory").open('{');
    json.name("totalBytes").value(memory.totalBytes());
    json.name("usedBytes").value(memory.usedBytes());
    json.name("freeBytes").value(memory.freeBytes());
    json.name("sharedBytes").value(memory.sharedBytes());
    json.name("buffCacheBytes").value(memory.buffCacheBytes());
    json.name("availableBytes").value(memory.availableBytes());
    json.name("swapTotalBytes").value(memory.swapTotalBytes());
    json.name("swapUsedBytes").value(memory.swapUsedBytes()).close('}');
  }

  private void processes(List<ProcessUse> processes) {
    json.name("processes").open('[');
    for (ProcessUse process : processes) {
      json.open('{');
      json.name("pid").value(process.pid());
      json.name("ppid").value(process.ppid());
      json.name("uid").value(process.uid());
      json.name("state").value(process.state());
      json.name("startTicks").value(process.startTicks());
      json.name("threads").value(process.threads());
      json.name("comm").value(process.comm());
      json.name("commandLine").value(process.commandLine());
      json.name("nproc").value(process.nproc());
      json.name("cgroup").value(process.cgroup());
      json.name("podUid").value(process.podUid());
      json.name("containerId").value(process.containerId()).close('}');
    }
    json.close(']');
  }

  private void cgroups(List<CgroupPids> cgroups) {
    json.name("cgroups").open('[');
    for (CgroupPids cgroup : cgroups) {
      json.open('{');
      json.name("path").value(cgroup.path());
      json.name("kind").value(cgroup.kind().name());
      json.name("podUid").value(cgroup.podUid());
      json.name("containerId").value(cgroup.containerId());
      json.name("max").value(cgroup.max());
      json.name("current").value(cgroup.current()).close('}');
    }
    json.close(']');
  }

  private void owners(List<OwnerUse> owners) {
    json.name("owners").open('[');
    for (OwnerUse owner : owners) {
      json.open('{');
      json.name("path").value(owner.path());
      json.name("kind").value(owner.kind().name());
      json.name("podUid").value(owner.podUid());
      json.name("threads").value(owner.threads());
      json.name("processes").value(owner.processes()).close('}');
    }
    json.close(']');
  }

  private void commands(List<CommandUse> commands) {
    json.name("commands").open('[');
    for (CommandUse command : commands) {
      json.open('{');
      json.name("comm").value(command.comm());
      json.name("threads").value(command.threads());
      json.name("processes").value(command.processes()).close('}');
    }
    json.close(']');
  }

  private void threadNames(List<ThreadNames> threadNames) {
    json.name("threadNames").open('[');
    for (ThreadNames ofProcess : threadNames) {
      json.open('{');
      json.name("pid").value(ofProcess.pid());
      json.name("counted").value(ofProcess.counted());
      json.name("names").open('[');
      for (ThreadNames.Name name : ofProcess.names()) {
        json.open('{');
        json.name("name").value(name.name());
        json.name("threads").value(name.threads());
        json.name("distinctFirstNumbers").value(name.distinctFirstNumbers()).close('}');
      }
      json.close(']');
      json.name("otherThreads").value(ofProcess.otherThreads()).close('}');
    }
    json.close(']');
  }

  private void zombieParents(List<ZombieParent> zombieParents) {
    json.name("zombieParents").open('[');
    for (ZombieParent parent : zombieParents) {
      json.open('{');
      json.name("pid").value(parent.pid());
      json.name("comm").value(parent.comm());
      json.name("zombies").value(parent.zombies()).close('}');
    }
    json.close(']');
  }

  private void later(Optional<SecondCount> later) {
    json.name("later");
    if (later.isEmpty()) {
      json.value(Optional.empty());
      return;
    }
    json.open('{');
    json.name("threads").value(later.get().threads());
    json.name("afterMillis").value(later.get().afterMillis()).close('}');
  }

  private void missing(List<Missing> missing) {
    json.name("missing").open('[');
    for (Missing one : missing) {
      json.open('{');
      json.name("what").value(one.what());
      json.name("why").value(one.why()).close('}');
    }
    json.close(']');
  }
}
