package io.pidcheck.bot.check;

import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.cluster.Means;
import io.pidcheck.bot.cluster.ProbePod;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Lack;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.NotTold;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Told;
import io.pidcheck.bot.cluster.kubelet.NodeTasks;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.evidence.EvidenceReader;
import io.pidcheck.bot.evidence.FiguresReader;
import io.pidcheck.bot.evidence.KubeletFigures;
import io.pidcheck.bot.evidence.ProbeOutcome;
import io.pidcheck.bot.evidence.ProbeOutcome.Reason;
import io.pidcheck.bot.evidence.Surroundings;
import io.pidcheck.bot.message.ProbeAnyway;
import io.pidcheck.bot.message.StandbyNote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Whether a node has PIDs to spare for the probe, by its kubelet's count. The last ones of a node
 * are taken only where somebody says so.
 */
public final class Headroom {

  // A kubelet counts in some 20 ms; one that says nothing for so long holds no check up.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final EvidenceReader evidence;
  private final long leastFreePids;
  private final Function<String, Optional<Means.Instead>> standbyUnfit;

  /**
   * @param leastFreePids below which no probe is started by itself; 0 to start it always
   * @param standbyUnfit why a node's standby probe is of no use, where that is so
   */
  public Headroom(
      EvidenceReader evidence,
      long leastFreePids,
      Function<String, Optional<Means.Instead>> standbyUnfit) {
    this.evidence = evidence;
    this.leastFreePids = leastFreePids;
    this.standbyUnfit = standbyUnfit;
  }

  /**
   * The answer without a probe, where it is held back: what the kubelet alone tells, and a button
   * to start it all the same. Empty where it may start. Blocks.
   */
  public Optional<Message> answer(String node, AnswerTo to) {
    OptionalLong free = free(node);
    if (free.isEmpty() || free.getAsLong() >= leastFreePids) {
      return Optional.empty();
    }
    ProbeOutcome outcome = new ProbeOutcome.NotStarted(Reason.HELD_BACK, "");
    Surroundings around = evidence.around(node, List.of());
    Message found =
        new Finding.Partial(node, outcome, around, Diagnosis.without(outcome, around)).message(to);
    Message message =
        standbyUnfit
            .apply(node)
            .map(why -> StandbyNote.alone(found, why, to.locale()))
            .orElse(found);
    ProbeAnyway.Pids pids = new ProbeAnyway.Pids(ProbePod.START_TAKES, free.getAsLong());
    return Optional.of(ProbeAnyway.under(message, node, pids, to));
  }

  /** Whether a pod may be started there without taking its last PIDs. Blocks. */
  public boolean roomForPod(String node) {
    return hasFree(node, leastFreePids);
  }

  /** Whether it has so many free; true where that is not known. Blocks. */
  public boolean hasFree(String node, long pids) {
    OptionalLong free = free(node);
    return free.isEmpty() || free.getAsLong() >= pids;
  }

  /** By the kubelet's count; where that is of no use, by what the pods alone hold. */
  private OptionalLong free(String node) {
    FiguresReader.Reading reading = evidence.kubelet(node);
    KubeletAnswer<NodeTasks> count =
        soon(reading.count()).orElseGet(() -> new NotTold<>(Lack.SILENT, ""));
    return switch (count) {
      case Told<NodeTasks>(NodeTasks tasks) -> OptionalLong.of(tasks.freeAtLeast());
      case NotTold<NodeTasks> none ->
          soon(reading.cgroups())
              .map(cgroups -> new KubeletFigures(none, cgroups, Map.of(), Instant.EPOCH))
              .map(KubeletFigures::freeForPod)
              .orElse(OptionalLong.empty());
    };
  }

  private static <T> Optional<T> soon(CompletableFuture<T> answer) {
    try {
      return Optional.of(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
