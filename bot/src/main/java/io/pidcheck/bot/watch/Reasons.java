package io.pidcheck.bot.watch;

import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.diagnosis.Level;
import io.pidcheck.bot.diagnosis.LimitUse;
import io.pidcheck.bot.diagnosis.Restart;
import io.pidcheck.bot.evidence.ProbeOutcome;
import io.pidcheck.bot.evidence.Surroundings;
import io.pidcheck.bot.evidence.SurroundingsReader;
import io.pidcheck.bot.incident.Incident;
import io.pidcheck.bot.incident.Incident.Shortage;
import java.util.Optional;
import java.util.Set;

/**
 * Looks, without a probe, why calico-node was restarted: its last state, its events, the figures.
 */
final class Reasons {

  private static final String UNKNOWN = Restart.Reason.UNKNOWN.name();

  private final SurroundingsReader reader;

  Reasons(SurroundingsReader reader) {
    this.reader = reader;
  }

  /** The incident with the reason of its last restart, and what the figures say of the PIDs. */
  Incident look(Incident incident) {
    Surroundings around = reader.read(incident.node(), Set.of());
    Diagnosis diagnosis = Diagnosis.without(new ProbeOutcome.JobDeleted(), around);
    Restart.Reason reason = diagnosis.calicoRestart().reason();
    Incident known =
        incident.because(diagnosis.calicoRestart().happened() ? reason.name() : UNKNOWN);
    if (reason == Restart.Reason.NODE_REBOOT && !known.told() && known.shortage().isEmpty()) {
      return known.asReboot();
    }
    Optional<LimitUse> full = diagnosis.verdict().deciding();
    return diagnosis.verdict().level() == Level.CRITICAL && full.isPresent()
        ? known.shortOf(Shortage.counted(around.at(), full.get().free(), full.get().limit()))
        : known;
  }
}
