package io.pidcheck.bot.check;

import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.cluster.kubelet.NodeTasks;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.evidence.EvidenceReader;
import io.pidcheck.bot.evidence.ProbeOutcome;
import io.pidcheck.bot.evidence.ProbeOutcome.Reason;
import io.pidcheck.bot.evidence.Surroundings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether a node has PIDs to spare for the probe, by its kubelet's count. The last ones of a node
 * are taken only where somebody says so.
 */
public final class Headroom {

  // A kubelet counts in some 20 ms; one that says nothing for so long holds no check up.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final EvidenceReader evidence;
  private final long leastFreePids;

  /**
   * @param leastFreePids below which no probe is started by itself; 0 to start it always
   */
  public Headroom(EvidenceReader evidence, long leastFreePids) {
    this.evidence = evidence;
    this.leastFreePids = leastFreePids;
  }

  /** What the kubelet alone tells, where the probe is held back; empty where it may start. */
  private Optional<Finding> heldBack(String node) {
    if (count(node).filter(count -> count.freeAtLeast() < leastFreePids).isEmpty()) {
      return Optional.empty();
    }
    ProbeOutcome outcome = new ProbeOutcome.NotStarted(Reason.HELD_BACK, "");
    Surroundings around = evidence.around(node, List.of());
    return Optional.of(
        new Finding.Partial(node, outcome, around, Diagnosis.without(outcome, around)));
  }

  /** The answer without a probe, where it is held back; empty where it may start. Blocks. */
  public Optional<Message> answer(String node, AnswerTo to) {
    return heldBack(node).map(finding -> finding.message(to));
  }

  private Optional<NodeTasks> count(String node) {
    try {
      return evidence.kubelet(node).count().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).told();
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
