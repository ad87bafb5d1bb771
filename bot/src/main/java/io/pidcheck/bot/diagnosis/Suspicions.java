package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.diagnosis.Signal.LookAlike;
import io.pidcheck.bot.diagnosis.Signal.Unrelated;
import io.pidcheck.bot.diagnosis.Suspicion.Finding;
import io.pidcheck.bot.diagnosis.Suspicion.Reason;
import io.pidcheck.bot.diagnosis.Suspicion.Suspect;
import io.pidcheck.bot.evidence.NodeSeen.Condition;
import io.pidcheck.probe.report.Memory;
import io.pidcheck.probe.report.NodeReport;
import java.util.List;
import java.util.Optional;

/** Goes through the usual other explanations. */
final class Suspicions {

  private static final double SHORT_OF_MEMORY = 0.05;

  private final Scene scene;
  private final Limits limits;
  private final Quotes quotes;
  private final Restart restart;

  private Suspicions(Scene scene, Limits limits, Quotes quotes, Restart restart) {
    this.scene = scene;
    this.limits = limits;
    this.quotes = quotes;
    this.restart = restart;
  }

  static List<Suspicion> of(Scene scene, Limits limits, Quotes quotes, Restart restart) {
    Suspicions suspicions = new Suspicions(scene, limits, quotes, restart);
    return List.of(suspicions.memory(), suspicions.image(), suspicions.bug(), suspicions.policy());
  }

  private Suspicion memory() {
    Memory memory = scene.report().map(NodeReport::memory).orElse(Memory.UNKNOWN);
    List<Long> figures =
        memory.known()
            ? List.of(memory.usedBytes(), memory.totalBytes(), memory.availableBytes())
            : List.of();
    List<Quote> refused =
        quotes.ofAny(quote -> quote.signal().equals(new Unrelated(LookAlike.OUT_OF_MEMORY)));
    boolean killed = restart.reason() == Restart.Reason.OOM_KILLED;
    if (!refused.isEmpty() || killed) {
      Reason reason = killed ? Reason.MEMORY_RAN_OUT : Reason.MEMORY_WAS_REFUSED;
      return new Suspicion(Suspect.MEMORY, Finding.SUSPECTED, reason, figures, refused);
    }
    if (pressure() || isShort(memory)) {
      return new Suspicion(
          Suspect.MEMORY, Finding.SUSPECTED, Reason.MEMORY_IS_SHORT, figures, List.of());
    }
    return memory.known()
        ? enough(figures)
        : new Suspicion(
            Suspect.MEMORY, Finding.NOT_RULED_OUT, Reason.MEMORY_NOT_READ, figures, List.of());
  }

  /** Older kubelets report a container at its own limit as the node's SystemOOM, too. */
  private Suspicion enough(List<Long> figures) {
    List<Quote> killed =
        quotes.ofAny(
            quote ->
                quote.event().reason().equals("OOMKilling")
                    || quote.event().reason().equals("SystemOOM"));
    Reason reason =
        killed.isEmpty() ? Reason.MEMORY_IS_AVAILABLE : Reason.ONLY_ONE_CONTAINER_RAN_OUT;
    return new Suspicion(Suspect.MEMORY, Finding.RULED_OUT, reason, figures, killed);
  }

  private boolean pressure() {
    Optional<Condition> pressure =
        scene.around().node().flatMap(node -> node.condition("MemoryPressure"));
    return pressure.map(condition -> condition.status().equals("True")).orElse(false);
  }

  private static boolean isShort(Memory memory) {
    return memory.known()
        && (double) memory.availableBytes() / memory.totalBytes() < SHORT_OF_MEMORY;
  }

  private Suspicion image() {
    if (restart.reason() == Restart.Reason.IMAGE_PULL) {
      return new Suspicion(
          Suspect.IMAGE,
          Finding.SUSPECTED,
          Reason.IMAGE_CANNOT_BE_PULLED,
          List.of(),
          restart.events());
    }
    List<Quote> pulled = quotes.ofCalico(quote -> quote.event().reason().equals("Pulled"));
    if (!pulled.isEmpty()) {
      return new Suspicion(
          Suspect.IMAGE, Finding.RULED_OUT, Reason.IMAGE_IS_THERE, List.of(), pulled);
    }
    return scene.around().calicoNode().isPresent()
        ? new Suspicion(
            Suspect.IMAGE, Finding.RULED_OUT, Reason.IMAGE_RAN_BEFORE, List.of(), List.of())
        : new Suspicion(
            Suspect.IMAGE, Finding.NOT_RULED_OUT, Reason.IMAGE_NOT_KNOWN, List.of(), List.of());
  }

  private Suspicion bug() {
    Optional<LimitUse> binding = limits.binding();
    if (binding.isPresent()) {
      return new Suspicion(
          Suspect.RUNTIME_OR_KERNEL_BUG,
          Finding.RULED_OUT,
          Reason.LIMIT_EXPLAINS_IT,
          List.of(binding.get().used(), binding.get().limit()),
          List.of());
    }
    return quotes.strong().isEmpty()
        ? new Suspicion(
            Suspect.RUNTIME_OR_KERNEL_BUG,
            Finding.NOT_RULED_OUT,
            Reason.NOTHING_WAS_REFUSED,
            List.of(),
            List.of())
        : new Suspicion(
            Suspect.RUNTIME_OR_KERNEL_BUG,
            Finding.NOT_RULED_OUT,
            Reason.REFUSED_WITHOUT_A_FULL_LIMIT,
            List.of(),
            quotes.strong());
  }

  private Suspicion policy() {
    List<Quote> denied =
        quotes.ofAny(quote -> quote.signal().equals(new Unrelated(LookAlike.PERMISSION)));
    if (!denied.isEmpty()) {
      return new Suspicion(
          Suspect.SECURITY_POLICY,
          Finding.SUSPECTED,
          Reason.PERMISSION_WAS_DENIED,
          List.of(),
          denied);
    }
    List<Quote> refused = quotes.strong();
    return refused.isEmpty()
        ? new Suspicion(
            Suspect.SECURITY_POLICY,
            Finding.NOT_RULED_OUT,
            Reason.NO_WORD_OF_IT,
            List.of(),
            List.of())
        : new Suspicion(
            Suspect.SECURITY_POLICY,
            Finding.RULED_OUT,
            Reason.POLICIES_SAY_EPERM,
            List.of(),
            refused);
  }
}
