package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.diagnosis.Quote;
import io.pidcheck.bot.diagnosis.Standing;
import io.pidcheck.bot.diagnosis.Suspicion;
import io.pidcheck.bot.evidence.EventSeen;
import io.pidcheck.bot.evidence.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The events: those that sentences rest on in full, then the others, each with count and age. */
final class EventsBlock {

  private static final int USED = 12;
  private static final int OTHERS = 6;
  private static final int USED_WORDS = 500;
  private static final int OTHER_WORDS = 160;
  private static final int NAME = 120;
  private static final int WHOLE_LINE = 1500;
  private static final Duration LONG_AGO = Duration.ofDays(3650);

  private final Texts texts;
  private final Instant now;
  private final List<EventSeen> used;
  private final List<EventSeen> others;

  EventsBlock(Diagnosis diagnosis, Surroundings around, Texts texts) {
    this.texts = texts;
    this.now = around.at();
    Set<EventSeen> resting = restedOn(diagnosis);
    this.used = newest(resting.stream());
    this.others = newest(around.events().stream().filter(event -> !resting.contains(event)));
  }

  Optional<LayoutBlock> used() {
    return block("events.used", used, USED, USED_WORDS);
  }

  Optional<LayoutBlock> others() {
    return block("events.others", others, OTHERS, OTHER_WORDS);
  }

  /**
   * Those that sentences rest on, then the others, as kubectl describe puts them.
   *
   * @param most so many lines
   */
  List<String> lines(int most) {
    return Stream.concat(used.stream(), others.stream()).limit(most).map(this::line).toList();
  }

  private String line(EventSeen event) {
    String age = event.age(now).map(texts::duration).orElse("?");
    String times = event.count() > 1 ? " (x" + event.count() + ")" : "";
    return Foreign.line(
        "%s  %s  %s%s  %s/%s  %s"
            .formatted(
                event.type(),
                event.reason(),
                age,
                times,
                event.object().namespace(),
                event.object().name(),
                event.message()),
        WHOLE_LINE);
  }

  /** All events that a sentence of the diagnosis names. */
  static Set<EventSeen> restedOn(Diagnosis diagnosis) {
    return Stream.of(
            diagnosis.chain().links().stream().flatMap(link -> quotes(link.standing()).stream()),
            diagnosis.calicoRestart().events().stream(),
            diagnosis.otherSuspects().stream().map(Suspicion::events).flatMap(List::stream),
            diagnosis.strong().stream())
        .flatMap(quotes -> quotes)
        .map(Quote::event)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static List<Quote> quotes(Standing standing) {
    return switch (standing) {
      case Standing.Observed(var events) -> events;
      case Standing.Contradicted(var objection, var events) -> events;
      case Standing.Measured measured -> List.of();
      case Standing.Counted counted -> List.of();
      case Standing.Inferred inferred -> List.of();
    };
  }

  private List<EventSeen> newest(Stream<EventSeen> events) {
    return events.sorted(Comparator.comparing(event -> event.age(now).orElse(LONG_AGO))).toList();
  }

  private Optional<LayoutBlock> block(String head, List<EventSeen> events, int most, int words) {
    if (events.isEmpty()) {
      return Optional.empty();
    }
    Rich rich =
        new Rich()
            .say(texts, head)
            .list(events.stream().limit(most).map(event -> line(event, words)).toList());
    if (events.size() > most) {
      rich.say(texts, "events.more", events.size() - most);
    }
    return Optional.of(rich.block());
  }

  private Rich line(EventSeen event, int words) {
    Rich rich = new Rich().bold("×" + texts.number(event.count()));
    event.age(now).ifPresent(age -> rich.plain(texts.get("events.ago", texts.duration(age))));
    String object = event.object().namespace() + "/" + event.object().name();
    return rich.plain(
            " · "
                + Foreign.line(event.reason(), NAME)
                + " · "
                + Foreign.line(event.object().kind() + " " + object, NAME))
        .newLine()
        .code(Foreign.line(event.message(), words));
  }
}
