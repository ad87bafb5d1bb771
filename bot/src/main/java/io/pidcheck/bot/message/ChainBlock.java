package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.bot.diagnosis.Chain;
import io.pidcheck.bot.diagnosis.Link;
import io.pidcheck.bot.diagnosis.Quote;
import io.pidcheck.bot.diagnosis.Restart;
import io.pidcheck.bot.diagnosis.Standing;
import io.pidcheck.bot.evidence.ProbeSpec;
import io.pidcheck.bot.evidence.Termination;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the shortage led to, a line for each link with what it rests on. */
final class ChainBlock {

  // As many as there are steps: a chain without one of its links is none.
  private static final int LINKS = Link.Step.values().length;
  // A link keeps no more events than this: there may be others.
  private static final int EVENTS_KEPT = 3;
  private static final int QUOTED = 2;
  private static final int WORDS = 240;

  private final Texts texts;
  private final Instant now;

  /**
   * @param now when the evidence was read: ages count from here
   */
  ChainBlock(Texts texts, Instant now) {
    this.texts = texts;
    this.now = now;
  }

  Optional<LayoutBlock> chain(Chain chain) {
    if (chain.links().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Rich()
            .say(texts, "chain.head")
            .list(chain.links().stream().limit(LINKS).map(link -> link(link, chain)).toList())
            .block());
  }

  /** Only a restart that the chain does not tell of: one for another reason. */
  Optional<LayoutBlock> restart(Restart restart) {
    if (!restart.happened() || restart.reason() == Restart.Reason.PID_EXHAUSTION) {
      return Optional.empty();
    }
    Rich rich =
        new Rich()
            .say(texts, "restart.head", restart.count())
            .say(texts, "restart." + restart.reason().name());
    restart.last().ifPresent(end -> rich.newLine().and(ended(end)));
    restart.events().stream()
        .limit(QUOTED)
        .forEach(
            quote ->
                rich.newLine()
                    .code(Foreign.line(quote.event().message(), WORDS))
                    .plain(" ")
                    .plain(observed(List.of(quote))));
    return Optional.of(rich.block());
  }

  private Rich ended(Termination end) {
    Rich rich =
        new Rich()
            .say(
                texts,
                "restart.ended",
                Foreign.line(end.reason(), 60),
                Integer.toString(end.exitCode()));
    end.finishedAt()
        .map(at -> at.isAfter(now) ? Duration.ZERO : Duration.between(at, now))
        .ifPresent(age -> rich.plain(texts.get("restart.ago", texts.duration(age))));
    return rich;
  }

  Rich link(Link link, Chain chain) {
    Rich rich = new Rich();
    if (link.standing() instanceof Standing.Contradicted) {
      rich.plain("✗ ");
    }
    return rich.and(words(link, chain)).say(texts, "link.standing").and(standing(link.standing()));
  }

  private Rich words(Link link, Chain chain) {
    String key = "link." + link.wording().name();
    return link.wording() == Link.Wording.LIVENESS_FAILED_TOO_OFTEN && chain.liveness().isPresent()
        ? threshold(key + ".of", chain.liveness().get())
        : new Rich().say(texts, key);
  }

  private Rich threshold(String key, ProbeSpec liveness) {
    return new Rich()
        .say(texts, key, liveness.failureThreshold(), texts.duration(liveness.period()));
  }

  private Rich standing(Standing standing) {
    return switch (standing) {
      case Standing.Observed(var events) -> new Rich().bold(observed(events));
      case Standing.Measured(long used, long limit) ->
          new Rich()
              .say(
                  texts,
                  "standing.measured",
                  used,
                  limit,
                  texts.percent((double) used / Math.max(1, limit)));
      case Standing.Counted(long times) -> new Rich().say(texts, "standing.counted", times);
      case Standing.Inferred() -> new Rich().say(texts, "standing.inferred");
      case Standing.Contradicted(var objection, var events) ->
          new Rich().say(texts, "objection." + objection.name());
    };
  }

  /** How often all of these were seen, and when the newest was. */
  private String observed(List<Quote> events) {
    long seen = events.stream().mapToLong(quote -> quote.event().count()).sum();
    String times = texts.number(seen) + (events.size() < EVENTS_KEPT ? "" : "+");
    return events.stream()
        .flatMap(quote -> quote.age().stream())
        .min(Duration::compareTo)
        .map(age -> texts.get("standing.observed", times, texts.duration(age)))
        .orElseGet(() -> texts.get("standing.observed.undated", times));
  }
}
