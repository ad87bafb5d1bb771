package io.pidcheck.bot.diagnosis;

import java.util.List;

/**
 * Who explains the shortage; empty where nobody stands out.
 *
 * @param found the biggest first
 * @param whole the ceiling that all shares are of, in tasks
 * @param together what all of them hold
 */
public record Culprits(List<Culprit> found, long whole, long together) {

  public Culprits {
    found = List.copyOf(found);
  }

  static Culprits none() {
    return new Culprits(List.of(), 1, 0);
  }

  public double share() {
    return (double) together / Math.max(1, whole);
  }

  public boolean nothingStandsOut() {
    return found.isEmpty();
  }
}
