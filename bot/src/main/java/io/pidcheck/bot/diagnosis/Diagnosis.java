package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.LaterCount;
import io.pidcheck.bot.evidence.ProbeOutcome;
import io.pidcheck.bot.evidence.Surroundings;
import io.pidcheck.probe.report.NodeReport;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is wrong with a node, who did it, why, what it broke and what to do, each with what it rests
 * on.
 *
 * @param causes of the culprits, in their order
 * @param strong events by which the kernel's refusal is certain, newest first, three at most
 */
public record Diagnosis(
    Verdict verdict,
    Limits limits,
    Culprits culprits,
    List<Cause> causes,
    Chain chain,
    Restart calicoRestart,
    List<Suspicion> otherSuspects,
    Optional<Trend> trend,
    List<Advice> advice,
    List<Quote> strong) {

  public Diagnosis {
    causes = List.copyOf(causes);
    otherSuspects = List.copyOf(otherSuspects);
    advice = List.copyOf(advice);
    strong = List.copyOf(strong);
  }

  public static Diagnosis of(Evidence evidence) {
    return of(Scene.of(evidence));
  }

  /** Where the probe brought no report: from the cluster's side alone. */
  public static Diagnosis without(ProbeOutcome outcome, Surroundings around) {
    return of(Scene.without(outcome, around));
  }

  private static Diagnosis of(Scene scene) {
    Quotes quotes = Quotes.of(scene.around());
    Limits limits = scene.limits();
    Culprits culprits = CulpritSearch.in(scene, limits);
    List<Cause> causes =
        culprits.found().stream().map(culprit -> Cause.of(culprit, scene.report())).toList();
    Restart restart = new RestartReading(scene, quotes, limits.binding().isPresent()).read();
    CalicoSight calico = CalicoSight.of(scene, quotes, restart);
    Optional<Trend> trend =
        scene.report().flatMap(report -> scene.later().flatMap(later -> trend(report, later)));
    return new Diagnosis(
        Verdict.of(scene, limits, quotes, trend),
        limits,
        culprits,
        causes,
        ChainBuilding.of(limits, culprits, quotes, calico),
        restart,
        Suspicions.of(scene, limits, quotes, restart),
        trend,
        Remedying.of(scene, limits, culprits, causes),
        quotes.strong());
  }

  private static Optional<Trend> trend(NodeReport report, LaterCount later) {
    OptionalLong free = report.use().freePids();
    return Trend.of(report.use().threads(), later.threads(), later.after(), free);
  }
}
