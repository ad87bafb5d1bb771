package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.diagnosis.Culprit.CalicoNode;
import io.pidcheck.bot.diagnosis.Culprit.KernelThreads;
import io.pidcheck.bot.diagnosis.Culprit.LeakedShims;
import io.pidcheck.bot.diagnosis.Culprit.NodeService;
import io.pidcheck.bot.diagnosis.Culprit.ProcessLeak;
import io.pidcheck.bot.diagnosis.Culprit.ThreadExplosion;
import io.pidcheck.bot.diagnosis.Culprit.Zombies;
import io.pidcheck.bot.diagnosis.LimitUse.Kind;
import io.pidcheck.bot.evidence.PodSeen;
import io.pidcheck.probe.report.CommandUse;
import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.OwnerUse;
import io.pidcheck.probe.report.ProcessUse;
import io.pidcheck.probe.report.ZombieParent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds who stands out. Everybody is counted once: a pod's zombies are not its processes too. */
final class CulpritSearch {

  private static final double STANDS_OUT = 0.10;
  private static final long AT_LEAST = 200;
  // Worth a name on a node with room for four million, too.
  private static final long MANY_ANYWHERE = 5_000;
  private static final long MANY_PROCESSES = 100;
  private static final long MANY_SHIMS = 20;

  private final Scene scene;
  private final NodeReport report;
  private final Optional<LimitUse> binding;
  private final long whole;

  private CulpritSearch(Scene scene, NodeReport report, Limits limits) {
    this.scene = scene;
    this.report = report;
    this.binding = limits.binding();
    this.whole =
        limits
            .binding()
            .or(limits::pidMax)
            .map(LimitUse::limit)
            .orElse(Math.max(1, report.use().threads()));
  }

  static Culprits in(Scene scene, Limits limits) {
    return scene
        .report()
        .map(report -> new CulpritSearch(scene, report, limits).search())
        .or(() -> scene.around().kubelet().map(figures -> ContainerSearch.in(figures, limits)))
        .orElseGet(Culprits::none);
  }

  private Culprits search() {
    List<Culprit> found = new ArrayList<>();
    shims().ifPresent(found::add);
    report.owners().forEach(owner -> leak(owner).ifPresent(found::add));
    report.processes().forEach(process -> process(process).ifPresent(found::add));
    found.addAll(Swarms.in(scene, unremarkablePods(), whole, this::standsOut));
    report.zombieParents().forEach(parent -> zombies(parent).ifPresent(found::add));
    if (standsOut(report.use().kernelThreads()) && nodeWide()) {
      long threads = report.use().kernelThreads();
      found.add(new KernelThreads(threads, share(threads)));
    }
    found.sort(Comparator.comparingLong(Culprit::tasks).reversed());
    return new Culprits(found, whole, found.stream().mapToLong(Culprit::tasks).sum());
  }

  private Optional<Culprit> process(ProcessUse process) {
    if (!standsOut(process.threads()) || !concerned(process.cgroup(), process.uid())) {
      return Optional.empty();
    }
    Optional<PodSeen> pod = scene.around().pod(process.podUid());
    if (isCalico(pod) || Protection.isShim(process.comm())) {
      return Optional.empty(); // counted with their owner
    }
    Protection protection = Protection.of(process, pod);
    Holder holder =
        new Holder(process, scene.pod(process.podUid()), share(process.threads()), protection);
    return Optional.of(
        protection == Protection.NONE ? new ThreadExplosion(holder) : new NodeService(holder));
  }

  private List<OwnerUse> unremarkablePods() {
    return report.owners().stream()
        .filter(owner -> owner.podUid().isPresent() && !standsOut(owner.threads()))
        .filter(owner -> nodeWideOrCovers(owner.path()))
        .toList();
  }

  /** Many processes, none of which explains it alone. */
  private Optional<Culprit> leak(OwnerUse owner) {
    if (!standsOut(owner.threads()) || !nodeWideOrCovers(owner.path())) {
      return Optional.empty();
    }
    Optional<PodSeen> pod = scene.around().pod(owner.podUid());
    if (isCalico(pod)) {
      return Optional.of(new CalicoNode(owner, scene.pod(owner.podUid()), share(owner.threads())));
    }
    boolean oneIsEnough =
        report.processes().stream()
            .filter(process -> isOf(owner, process))
            .anyMatch(process -> standsOut(process.threads()));
    boolean many = owner.processes() >= MANY_PROCESSES;
    if (!many || oneIsEnough || mostlyZombies(owner) || mostlyShimsOrKernel(owner)) {
      return Optional.empty();
    }
    Optional<ProcessUse> example =
        report.processes().stream().filter(process -> isOf(owner, process)).findFirst();
    return Optional.of(
        new ProcessLeak(owner, scene.pod(owner.podUid()), example, share(owner.threads())));
  }

  private Optional<Culprit> zombies(ZombieParent parent) {
    if (!standsOut(parent.zombies())) {
      return Optional.empty();
    }
    Optional<String> uid =
        report.processes().stream()
            .filter(process -> process.pid() == parent.pid())
            .findFirst()
            .flatMap(ProcessUse::podUid);
    return Optional.of(
        new Zombies(
            parent.pid(),
            parent.comm(),
            scene.pod(uid),
            parent.zombies(),
            share(parent.zombies())));
  }

  private Optional<Culprit> shims() {
    List<CommandUse> shims =
        report.commands().stream().filter(use -> Protection.isShim(use.comm())).toList();
    long processes = shims.stream().mapToLong(CommandUse::processes).sum();
    long threads = shims.stream().mapToLong(CommandUse::threads).sum();
    long pods = pods();
    if (processes < MANY_SHIMS || processes <= 2 * pods || !standsOut(threads) || !shimsCount()) {
      return Optional.empty();
    }
    return Optional.of(new LeakedShims(processes, threads, pods, share(threads)));
  }

  /** With systemd, containerd's shims stay in its own service and count against its TasksMax. */
  private boolean shimsCount() {
    return nodeWide()
        || report.processes().stream()
            .filter(process -> Protection.isShim(process.comm()))
            .anyMatch(process -> nodeWideOrCovers(process.cgroup()));
  }

  /** By the cluster's list, else by the pods that have processes. */
  private long pods() {
    return scene.around().pods().isEmpty()
        ? report.owners().stream().filter(owner -> owner.podUid().isPresent()).count()
        : scene.around().pods().size();
  }

  private boolean standsOut(long tasks) {
    return tasks >= MANY_ANYWHERE || (tasks >= AT_LEAST && share(tasks) >= STANDS_OUT);
  }

  private double share(long tasks) {
    return (double) tasks / whole;
  }

  private boolean nodeWide() {
    return binding.isEmpty()
        || binding.get().kind() == Kind.PID_MAX
        || binding.get().kind() == Kind.THREADS_MAX;
  }

  private boolean nodeWideOrCovers(String cgroup) {
    return nodeWide() || binding.map(limit -> limit.covers(cgroup)).orElse(true);
  }

  /** Only who counts against the binding ceiling can have filled it. */
  private boolean concerned(String cgroup, long uid) {
    return binding
        .filter(limit -> limit.kind() == Kind.NPROC)
        .map(limit -> limit.path().equals(Long.toString(uid)))
        .orElseGet(() -> nodeWideOrCovers(cgroup));
  }

  private static boolean isOf(OwnerUse owner, ProcessUse process) {
    return owner.podUid().isPresent()
        ? owner.podUid().equals(process.podUid())
        : process.cgroup().equals(owner.path());
  }

  /** Zombies are not told apart by owner; where they are many, they are those of this owner. */
  private boolean mostlyZombies(OwnerUse owner) {
    return report.zombieParents().stream().anyMatch(parent -> standsOut(parent.zombies()))
        && report.use().zombies() * 2 >= owner.processes();
  }

  private boolean mostlyShimsOrKernel(OwnerUse owner) {
    long shims =
        report.commands().stream()
            .filter(use -> Protection.isShim(use.comm()))
            .mapToLong(CommandUse::processes)
            .sum();
    boolean kernel =
        owner.path().equals("/") && report.use().kernelThreads() * 2 >= owner.processes();
    return kernel || (owner.podUid().isEmpty() && shims * 2 >= owner.processes());
  }

  private static boolean isCalico(Optional<PodSeen> pod) {
    return pod.isPresent() && pod.get().calicoNode();
  }
}
