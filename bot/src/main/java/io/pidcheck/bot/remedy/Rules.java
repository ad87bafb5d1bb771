package io.pidcheck.bot.remedy;

import io.pidcheck.bot.act.Remedy;
import java.time.Duration;
import java.util.Set;

/**
 * Under which conditions an act is done.
 *
 * @param secondFor the acts that need a second person
 * @param approvalExpiry how long an act waits for that person
 * @param evidenceMaxAge what was seen earlier has to be looked at again
 * @param dryRun everything but the act
 * @param protect names of processes that are never killed, beside the built-in ones
 * @param calicoWait how long calico-node is watched after an act
 * @param lookAgain after how long it is looked whether a killed workload came back
 */
public record Rules(
    Set<Kind> secondFor,
    Duration approvalExpiry,
    Duration evidenceMaxAge,
    boolean dryRun,
    Set<String> protect,
    Duration calicoWait,
    Duration lookAgain) {

  /** The acts, as the settings distinguish them. */
  public enum Kind {
    KILL,
    PID_MAX,
    DELETE_POD
  }

  public Rules {
    secondFor = Set.copyOf(secondFor);
    protect = Set.copyOf(protect);
  }

  public boolean needsSecond(Remedy remedy) {
    return secondFor.contains(kind(remedy));
  }

  private static Kind kind(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Kill kill -> Kind.KILL;
      case Remedy.RaisePidMax raise -> Kind.PID_MAX;
      case Remedy.Undo undo -> Kind.PID_MAX;
      case Remedy.DeletePod delete -> Kind.DELETE_POD;
    };
  }
}
