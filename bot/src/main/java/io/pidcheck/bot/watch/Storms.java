package io.pidcheck.bot.watch;

import io.pidcheck.bot.chat.Announcements.Place;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.incident.Incident;
import io.pidcheck.bot.incident.Incident.Subject;
import io.pidcheck.bot.incident.NodeEntry;
import io.pidcheck.bot.incident.Post;
import io.pidcheck.bot.incident.Storm;
import io.pidcheck.bot.message.StormMessages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many nodes at once: one message with a table instead of a message each, and a whole diagnosis
 * only of the worst few, in its thread. So few probes are started, and so little is posted, however
 * many nodes there are.
 */
final class Storms {

  private static final Logger LOG = LoggerFactory.getLogger(Storms.class);
  private static final Duration AT_ONCE = Duration.ofMinutes(10);
  private static final int DIAGNOSED = 3;

  /** The worst first: the most restarts, then the one that is in trouble longest. */
  static final Comparator<Incident> WORST_FIRST =
      Comparator.comparingInt((Incident incident) -> incident.ongoing() ? 0 : 1)
          .thenComparingInt(incident -> incident.shortage().isPresent() ? 0 : 1)
          .thenComparing(Comparator.comparingInt(Incident::restarts).reversed())
          .thenComparing(Incident::openedAt)
          .thenComparing(Incident::node);

  private final WatchSettings settings;
  private final Remembered remembered;
  private final Posting posting;
  private final StormMessages messages;
  private final Clock clock;
  private int shown;

  Storms(WatchSettings settings, IncidentSteps.Work work) {
    this.settings = settings;
    this.remembered = work.remembered();
    this.posting = work.posting();
    this.clock = work.clock();
    this.messages = new StormMessages(settings.language(), settings.mention());
  }

  /** Decides which incidents are told together. */
  void gather(List<Incident> incidents) {
    List<Incident> untold =
        incidents.stream()
            .filter(incident -> !incident.storm() && isNotPosted(incident))
            .filter(incident -> !settings.holdsBack(incident, clock.instant()))
            .toList();
    Optional<Storm> storm = remembered.storm().filter(now -> now.endedAt().isEmpty());
    if (untold.isEmpty() || (storm.isEmpty() && !manyAtOnce(incidents, untold))) {
      return;
    }
    if (storm.isEmpty() && !begin()) {
      return;
    }
    Map<String, UnaryOperator<NodeEntry>> changes = new HashMap<>();
    untold.forEach(
        incident ->
            changes.merge(
                incident.node(),
                entry -> entry.changing(incident.id(), Incident::inStorm),
                (one, other) -> entry -> other.apply(one.apply(entry))));
    remembered.change(changes);
  }

  private boolean isNotPosted(Incident incident) {
    return incident.post().isEmpty() || (!incident.told() && posting.isNotThere(incident.id()));
  }

  private boolean manyAtOnce(List<Incident> incidents, List<Incident> untold) {
    Instant lately = clock.instant().minus(AT_ONCE);
    Stream<Incident> told =
        incidents.stream()
            .filter(incident -> !incident.storm())
            .filter(Incident::told)
            .filter(incident -> incident.openedAt().isAfter(lately));
    long nodes = Stream.concat(told, untold.stream()).map(Incident::node).distinct().count();
    return nodes > settings.stormFrom();
  }

  private boolean begin() {
    Instant now = clock.instant();
    Storm storm =
        new Storm(
            "storm-" + Long.toString(now.toEpochMilli(), Character.MAX_RADIX),
            settings.channelFor(Map.of()),
            now,
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Optional.empty());
    LOG.atWarn().log("many nodes at once: they are told in one message");
    return remembered.storm(Optional.of(storm));
  }

  /** Posts the summary, edits it as it grows, has the worst diagnosed, and ends it. */
  void tell(List<Incident> incidents) {
    Optional<Storm> storm = remembered.storm();
    if (storm.isEmpty()) {
      return;
    }
    List<Incident> rows =
        remembered.entries().values().stream()
            .flatMap(entry -> entry.incidents().stream())
            .filter(incident -> incident.storm() && !isOlder(incident, storm.get()))
            .sorted(WORST_FIRST)
            .toList();
    if (!storm.get().told()) {
      post(storm.get(), rows);
      return;
    }
    Optional<Integer> deletedAt = storm.get().deletedAt();
    if (deletedAt.isPresent() && signs(rows) > deletedAt.get()) {
      remembered.storm(Optional.of(storm.get().anew()));
      return;
    }
    if (deletedAt.isEmpty()) {
      diagnose(storm.get(), rows);
      edit(rows);
    }
    end(rows);
  }

  private void edit(List<Incident> rows) {
    Optional<Storm> now = remembered.storm().filter(Storm::told);
    if (now.isEmpty()) {
      return;
    }
    Storm storm = now.get();
    Message message = messages.summary(storm, rows);
    int print = message.hashCode();
    if (print == shown) {
      return;
    }
    switch (posting.edit(storm.post().orElseThrow(), message)) {
      case DONE -> shown = print;
      case LATER -> {
        return;
      }
      case GONE -> remembered.storm(Optional.of(storm.deleted(signs(rows))));
    }
  }

  private static int signs(List<Incident> rows) {
    return rows.stream()
        .mapToInt(row -> row.restarts() + (row.shortage().isPresent() ? 1 : 0))
        .sum();
  }

  private void end(List<Incident> rows) {
    Optional<Storm> storm = remembered.storm();
    if (storm.isEmpty()) {
      return;
    }
    if (storm.get().endedAt().isEmpty() && rows.stream().noneMatch(Incident::ongoing)) {
      remembered.storm(Optional.of(storm.get().over(clock.instant())));
    }
  }

  // An incident may have been told together with others in an earlier storm.
  private static boolean isOlder(Incident incident, Storm storm) {
    return incident.end().filter(end -> end.at().isBefore(storm.openedAt())).isPresent();
  }

  private void post(Storm storm, List<Incident> rows) {
    posting
        .send(
            new Place(storm.channel(), Optional.empty(), storm.id()),
            storm.post(),
            () -> messages.summary(storm, rows),
            begun -> remembered.storm(Optional.of(storm.posted(begun))))
        .ifPresent(posted -> remembered.storm(Optional.of(storm.posted(posted))));
  }

  /** Replies in the thread, one for each of the worst: a check's answer goes there. */
  private void diagnose(Storm storm, List<Incident> rows) {
    if (storm.diagnosed().isEmpty() && storm.endedAt().isEmpty()) {
      Set<String> worst = new HashSet<>();
      rows.stream()
          .filter(row -> row.type() == Subject.TROUBLE && row.ongoing())
          .limit(DIAGNOSED)
          .forEach(row -> worst.add(row.id()));
      if (!worst.isEmpty()) {
        remembered.storm(Optional.of(storm.diagnosing(worst)));
      }
      return;
    }
    Post root = storm.post().orElseThrow();
    rows.stream()
        .filter(row -> storm.diagnosed().contains(row.id()) && !row.told())
        .forEach(row -> reply(root, row));
  }

  private void reply(Post root, Incident incident) {
    posting
        .send(
            new Place(root.channel(), Optional.of(root.ts()), incident.id()),
            incident.post(),
            () -> messages.reply(incident),
            begun -> change(incident, was -> was.posted(begun)))
        .ifPresent(posted -> change(incident, was -> was.posted(posted)));
  }

  private boolean change(Incident incident, UnaryOperator<Incident> change) {
    return remembered.change(incident.node(), entry -> entry.changing(incident.id(), change));
  }
}
