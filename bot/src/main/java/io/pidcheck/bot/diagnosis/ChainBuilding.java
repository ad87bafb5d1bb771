package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.diagnosis.LimitUse.Kind;
import io.pidcheck.bot.diagnosis.Link.Step;
import io.pidcheck.bot.diagnosis.Link.Wording;
import io.pidcheck.bot.diagnosis.Signal.Strong;
import io.pidcheck.bot.diagnosis.Standing.Contradicted;
import io.pidcheck.bot.diagnosis.Standing.Inferred;
import io.pidcheck.bot.diagnosis.Standing.Measured;
import io.pidcheck.bot.diagnosis.Standing.Objection;
import io.pidcheck.bot.diagnosis.Standing.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the links together, each with what it rests on. */
final class ChainBuilding {

  private final Limits limits;
  private final Culprits culprits;
  private final Quotes quotes;
  private final CalicoSight calico;
  private final List<Link> links = new ArrayList<>();

  private ChainBuilding(Limits limits, Culprits culprits, Quotes quotes, CalicoSight calico) {
    this.limits = limits;
    this.culprits = culprits;
    this.quotes = quotes;
    this.calico = calico;
  }

  static Chain of(Limits limits, Culprits culprits, Quotes quotes, CalicoSight calico) {
    boolean full = limits.binding().isPresent();
    if (!full && quotes.strong().isEmpty()) {
      return new Chain(List.of(), Optional.empty());
    }
    ChainBuilding building = new ChainBuilding(limits, culprits, quotes, calico);
    building.leak();
    building.limit();
    if (quotes.strong().isEmpty() && !limits.binding().orElseThrow().refuses()) {
      Standing notYet = new Contradicted(Objection.NOTHING_REFUSED_YET, List.of());
      building.add(Step.FORK_REFUSED, Wording.FORK_REFUSED, notYet);
      return building.chain();
    }
    building.refusal();
    if (calico.concerned() && building.reachesCalico()) {
      building.links.addAll(CalicoLinks.of(quotes, calico));
    }
    return building.chain();
  }

  private Chain chain() {
    return new Chain(links, calico.liveness());
  }

  /** One pod's, one service's or one user's full ceiling is none of calico-node's. */
  private boolean reachesCalico() {
    return limits.binding().map(limit -> limit.scope().wide()).orElse(true)
        || quotes.anyOfCalico(quote -> quote.signal().strong());
  }

  private void leak() {
    Wording wording =
        culprits.found().stream()
            .findFirst()
            .map(ChainBuilding::leaked)
            .orElse(Wording.SOMEBODY_LEAKED);
    add(
        Step.LEAK,
        wording,
        culprits.nothingStandsOut()
            ? new Inferred()
            : new Measured(culprits.together(), culprits.whole()));
  }

  private static Wording leaked(Culprit culprit) {
    return switch (culprit) {
      case Culprit.ThreadExplosion explosion -> Wording.THREADS_LEAKED;
      case Culprit.NodeService service -> Wording.THREADS_LEAKED;
      case Culprit.KernelThreads kernel -> Wording.THREADS_LEAKED;
      case Culprit.CrowdedContainer container ->
          container.container().processes() > 1 ? Wording.SOMEBODY_LEAKED : Wording.THREADS_LEAKED;
      case Culprit.ProcessLeak leak -> Wording.PROCESSES_LEAKED;
      case Culprit.ManyPods many -> Wording.PODS_PILED_UP;
      case Culprit.CalicoNode node -> Wording.PROCESSES_LEAKED;
      case Culprit.Zombies zombies -> Wording.ZOMBIES_LEFT;
      case Culprit.LeakedShims shims -> Wording.SHIMS_LEFT;
    };
  }

  private void limit() {
    Optional<LimitUse> binding = limits.binding();
    if (binding.isEmpty()) {
      add(Step.LIMIT_REACHED, Wording.WAS_FULL, new Inferred());
      return;
    }
    Wording wording =
        switch (binding.get().kind()) {
          case PID_MAX, THREADS_MAX -> Wording.NODE_FULL;
          case CGROUP -> Wording.CGROUP_FULL;
          case NPROC -> Wording.USER_FULL;
        };
    add(Step.LIMIT_REACHED, wording, new Measured(binding.get().used(), binding.get().limit()));
  }

  private void refusal() {
    boolean cgroup = limits.binding().filter(limit -> limit.kind() == Kind.CGROUP).isPresent();
    List<Quote> strong = quotes.strong();
    boolean saidSo =
        strong.stream()
            .anyMatch(quote -> quote.signal().equals(new Strong(Signal.Kind.CGROUP_REFUSED)));
    add(
        Step.FORK_REFUSED,
        cgroup || saidSo ? Wording.CGROUP_REFUSED : Wording.FORK_REFUSED,
        observedOrInferred(strong));
  }

  private static Standing observedOrInferred(List<Quote> events) {
    return events.isEmpty() ? new Inferred() : new Observed(events);
  }

  private void add(Step step, Wording wording, Standing standing) {
    links.add(new Link(step, wording, standing));
  }
}
