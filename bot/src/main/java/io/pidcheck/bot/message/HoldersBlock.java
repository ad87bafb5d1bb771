package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.probe.report.Limit;
import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.OwnerUse;
import io.pidcheck.probe.report.ProcessUse;
import io.pidcheck.probe.report.ThreadNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who holds the PIDs: the top processes, and owners whose many small processes add up to more. */
final class HoldersBlock {

  private static final int PROCESSES = 5;
  private static final int OWNERS = 3;
  private static final int COMMAND_LINE = 300;
  private static final double WORTH_DETAILS = 0.01;
  private static final double WORTH_A_LINE = 0.05;
  private static final int PATH = 120;
  private static final int NAMES = 3;
  private static final int THREADS_WORTH_NAMING = 10;

  private final Evidence evidence;
  private final NodeReport report;
  private final Texts texts;

  HoldersBlock(Evidence evidence, Texts texts) {
    this.evidence = evidence;
    this.report = evidence.report();
    this.texts = texts;
  }

  LayoutBlock block() {
    if (report.processes().isEmpty()) {
      return new Rich().say(texts, "holders.none").block();
    }
    Rich rich = new Rich();
    List<OwnerUse> swarms = swarms();
    if (!swarms.isEmpty()) {
      rich.say(texts, "holders.owners").list(swarms.stream().map(this::owner).toList());
    }
    return rich.say(texts, "holders.processes")
        .list(report.processes().stream().limit(PROCESSES).map(this::process).toList())
        .block();
  }

  private Rich process(ProcessUse process) {
    Rich rich =
        new Rich()
            .say(
                texts,
                "holder.process",
                process.threads(),
                share(process.threads()),
                Foreign.line(process.comm(), 64),
                Integer.toString(process.pid()));
    boolean first = process.equals(report.processes().getFirst());
    String place = place(process.podUid(), process.cgroup());
    if (!first && (double) process.threads() / whole() < WORTH_DETAILS) {
      return rich.plain(" · ").plain(place);
    }
    rich.newLine().plain(place);
    if (!process.commandLine().isBlank()) {
      rich.newLine().code(Foreign.line(process.commandLine(), COMMAND_LINE));
    }
    threadNames(process).ifPresent(names -> rich.newLine().plain(names));
    return rich;
  }

  private Rich owner(OwnerUse owner) {
    return new Rich()
        .say(texts, "holder.owner", owner.threads(), share(owner.threads()), owner.processes())
        .newLine()
        .plain(place(owner.podUid(), owner.path()));
  }

  /** Owners that hold more than any one process does, without their own biggest one. */
  private List<OwnerUse> swarms() {
    long mostOfOne = report.processes().stream().mapToLong(ProcessUse::threads).max().orElse(0);
    return report.owners().stream()
        .filter(owner -> owner.processes() > PROCESSES)
        .filter(owner -> (double) owner.threads() / whole() >= WORTH_A_LINE)
        .filter(owner -> owner.threads() - biggestOf(owner) > mostOfOne)
        .limit(OWNERS)
        .toList();
  }

  private long biggestOf(OwnerUse owner) {
    return report.processes().stream()
        .filter(
            process ->
                owner.podUid().isPresent()
                    ? process.podUid().equals(owner.podUid())
                    : process.cgroup().equals(owner.path()))
        .mapToLong(ProcessUse::threads)
        .max()
        .orElse(0);
  }

  /** Of pid_max, so that shares add up to how full the node is; else of all tasks. */
  private String share(long threads) {
    return texts.percent((double) threads / whole());
  }

  private long whole() {
    return report.limits().pidMax() instanceof Limit.Of(long max)
        ? max
        : Math.max(1, report.use().threads());
  }

  private String place(Optional<String> podUid, String cgroup) {
    Optional<PodRef> pod = evidence.pod(podUid);
    if (pod.isPresent()) {
      return place(pod.get());
    }
    return podUid
        .map(uid -> texts.get("place.unknown-pod", Foreign.line(uid, PATH)))
        .orElseGet(
            () ->
                cgroup.length() <= 1
                    ? texts.get("place.no-pod")
                    : texts.get("place.service", Foreign.line(cgroup, PATH)));
  }

  private String place(PodRef pod) {
    List<String> parts = new ArrayList<>();
    parts.add(Foreign.line(pod.namespace() + "/" + pod.name(), PATH));
    pod.workload()
        .ifPresent(owner -> parts.add(Foreign.line(owner.kind() + " " + owner.name(), PATH)));
    if (!pod.qos().isEmpty()) {
      parts.add(Foreign.line(pod.qos(), PATH));
    }
    return String.join(" · ", parts);
  }

  private Optional<String> threadNames(ProcessUse process) {
    return report.threadNames().stream()
        .filter(names -> names.pid() == process.pid())
        .filter(names -> names.counted() >= THREADS_WORTH_NAMING)
        .findFirst()
        .map(names -> threadNames(process, names));
  }

  private String threadNames(ProcessUse process, ThreadNames names) {
    String most =
        names.names().stream().limit(NAMES).map(this::named).collect(Collectors.joining(", "));
    return names.counted() < process.threads()
        ? texts.get("holder.threads.sampled", names.counted(), most)
        : texts.get("holder.threads", most);
  }

  private String named(ThreadNames.Name name) {
    return Foreign.line(name.name(), 32) + " × " + texts.number(name.threads());
  }
}
