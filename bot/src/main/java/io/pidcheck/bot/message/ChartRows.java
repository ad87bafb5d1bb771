package io.pidcheck.bot.message;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.diagnosis.Culprit;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.diagnosis.LimitUse;
import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.OwnerUse;
import io.pidcheck.probe.report.ProcessUse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the chart draws: all tasks, each big holder, and the rest, none of them counted twice.
 *
 * @param title the node, its figures
 * @param labels name and figure of each row, no two alike
 * @param limit of the whole node
 */
record ChartRows(String title, List<String> labels, List<Long> tasks, OptionalLong limit) {

  private static final int HOLDERS = 5;
  private static final int NAME = 15;
  private static final int NODE = 28;

  static ChartRows of(NodeReport report, Diagnosis diagnosis, Texts texts) {
    long all = Math.max(0, report.use().threads());
    Optional<LimitUse> pidMax = diagnosis.limits().pidMax();
    String figures =
        pidMax
            .map(
                limit ->
                    "%s / %s (%s)"
                        .formatted(
                            texts.number(limit.used()),
                            texts.number(limit.limit()),
                            texts.percent(limit.usedShare())))
            .orElseGet(() -> texts.number(all));
    Building rows = new Building(texts);
    rows.add("Σ", all);
    diagnosis.culprits().found().stream().limit(HOLDERS).forEach(rows::culprit);
    report.processes().forEach(rows::process);
    rows.rest(all);
    return new ChartRows(
        Foreign.line(report.node().name(), NODE) + "  " + figures,
        rows.labels,
        rows.tasks,
        pidMax.map(limit -> OptionalLong.of(limit.limit())).orElseGet(OptionalLong::empty));
  }

  /** Rows as they come. */
  private static final class Building {

    private final Texts texts;
    private final List<String> labels = new ArrayList<>();
    private final List<Long> tasks = new ArrayList<>();
    private final Set<Integer> shown = new HashSet<>();
    private final List<OwnerUse> owners = new ArrayList<>();
    private long counted;
    // which processes a row of many pods is made of, nothing here tells
    private boolean partsKnown = true;

    Building(Texts texts) {
      this.texts = texts;
    }

    void add(String name, long held) {
      String label = ChartFont.drawable(name) + "  " + texts.number(held);
      while (labels.contains(label)) {
        label += " ";
      }
      labels.add(label);
      tasks.add(Math.max(0, held));
    }

    private void holder(String name, long held) {
      add(name, held);
      counted += Math.max(0, held);
    }

    void culprit(Culprit culprit) {
      switch (culprit) {
        case Culprit.ThreadExplosion(var holder) -> process(holder.process());
        case Culprit.NodeService(var holder) -> process(holder.process());
        case Culprit.ProcessLeak(var owner, var pod, var example, var share) ->
            owner(owner, pod.map(PodRef::name).orElse(owner.path()));
        case Culprit.CalicoNode(var owner, var pod, var share) -> owner(owner, "calico-node");
        // ps(1) calls them so
        case Culprit.Zombies(int pid, String comm, var pod, long zombies, var share) ->
            holder(named(comm) + " <defunct>", zombies);
        case Culprit.LeakedShims(long shims, long threads, long pods, var share) ->
            holder("shim × " + texts.number(shims), threads);
        case Culprit.ManyPods(var example, long pods, long threads, var processes, var share) ->
            pods(example, pods, threads);
        case Culprit.CrowdedContainer(var container, var pod, var share) ->
            holder(named(container.container()), container.threads());
        case Culprit.KernelThreads(long threads, var share) -> holder("kthreadd", threads);
      }
    }

    private void owner(OwnerUse owner, String name) {
      owners.add(owner);
      holder(named(name) + " × " + texts.number(owner.processes()), owner.threads());
    }

    private void pods(PodRef example, long pods, long threads) {
      partsKnown = false;
      String name = example.workload().map(PodRef.Workload::name).orElse(example.name());
      holder(named(name) + " × " + texts.number(pods), threads);
    }

    void process(ProcessUse process) {
      boolean within = !partsKnown || owners.stream().anyMatch(owner -> owns(owner, process));
      if (labels.size() <= HOLDERS && !within && shown.add(process.pid())) {
        holder(named(process.comm()) + " " + process.pid(), process.threads());
      }
    }

    private static boolean owns(OwnerUse owner, ProcessUse process) {
      return owner.podUid().isPresent()
          ? process.podUid().equals(owner.podUid())
          : process.cgroup().equals(owner.path());
    }

    void rest(long all) {
      if (all > counted) {
        add("…", all - counted);
      }
    }

    private static String named(String foreign) {
      return Foreign.line(foreign, NAME);
    }
  }
}
