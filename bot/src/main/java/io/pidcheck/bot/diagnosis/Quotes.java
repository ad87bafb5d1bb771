package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.evidence.EventSeen;
import io.pidcheck.bot.evidence.PodSeen;
import io.pidcheck.bot.evidence.Surroundings;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The events of one check, each read once, the newest first, and of the same age the strong ones.
 */
record Quotes(List<Quote> all, List<Quote> calico) {

  private static final int EACH = 3;
  private static final Duration LONG_AGO = Duration.ofDays(3650);
  private static final Comparator<Quote> NEWEST =
      Comparator.comparing(
              (Quote quote) -> quote.age().orElse(LONG_AGO), Comparator.<Duration>naturalOrder())
          .thenComparing(quote -> !quote.signal().strong());

  static Quotes of(Surroundings around) {
    List<Quote> all =
        around.events().stream().map(event -> Quote.of(event, around.at())).sorted(NEWEST).toList();
    Optional<PodSeen> calico = around.calicoNode();
    return new Quotes(all, all.stream().filter(quote -> isCalico(quote.event(), calico)).toList());
  }

  /**
   * The pod's own: events outlive pods, and what befell an earlier calico-node did not befall this
   * one. Where the pod was not seen, those of any.
   */
  private static boolean isCalico(EventSeen event, Optional<PodSeen> calico) {
    String name = event.object().name();
    return event.object().kind().equals("Pod")
        && calico.map(pod -> pod.ref().name().equals(name)).orElseGet(() -> isCalico(name));
  }

  private static boolean isCalico(String pod) {
    return pod.startsWith("calico-node-") || pod.startsWith("canal-");
  }

  /** Of any calico-node pod, also those that are gone. */
  List<Quote> ofAnyCalico(Predicate<Quote> wanted) {
    return some(all, wanted.and(quote -> isCalico(quote.event().object().name())));
  }

  List<Quote> strong() {
    return some(all, quote -> quote.signal().strong());
  }

  /** At most three, the newest first. */
  List<Quote> ofCalico(Predicate<Quote> wanted) {
    return some(calico, wanted);
  }

  List<Quote> ofAny(Predicate<Quote> wanted) {
    return some(all, wanted);
  }

  boolean anyOfCalico(Predicate<Quote> wanted) {
    return calico.stream().anyMatch(wanted);
  }

  private static List<Quote> some(List<Quote> quotes, Predicate<Quote> wanted) {
    return quotes.stream().filter(wanted).limit(EACH).toList();
  }
}
