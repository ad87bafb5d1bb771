package io.pidcheck.bot.watch;

import io.micrometer.core.instrument.Metrics;
import io.pidcheck.bot.chat.Announcements.Place;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.chat.MessageJson;
import io.pidcheck.bot.cluster.HeldMessages;
import io.pidcheck.bot.cluster.Nodes;
import io.pidcheck.bot.incident.Incident;
import io.pidcheck.bot.incident.Incident.Subject;
import io.pidcheck.bot.incident.Note;
import io.pidcheck.bot.incident.Post;
import io.pidcheck.bot.incident.Remedied;
import io.pidcheck.bot.message.IncidentMessages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One incident's way: why, its message, the check, its thread, its headline, its end. */
final class IncidentSteps {

  private static final Logger LOG = LoggerFactory.getLogger(IncidentSteps.class);
  // of many at once, so that their reasons do not keep back what is to be told
  private static final int LOOKS_A_ROUND = 5;

  private final WatchSettings settings;
  private final Remembered remembered;
  private final Posting posting;
  private final Cluster cluster;
  private final Checking checking;
  private final Ending ending;
  private final IncidentMessages messages;
  private final Clock clock;
  // What may be forgotten: then it is noted or edited once more.
  private final Set<String> noted = new HashSet<>();
  private final Map<String, Integer> shown = new ConcurrentHashMap<>();
  private int looksLeft;

  /** The cluster's side of an incident. */
  record Cluster(HeldMessages held, Checking.Probes probes, Nodes nodes, Records records) {}

  /** Why it restarted, and what was done about it. */
  record Records(Reasons reasons, RemedyHistory remedies) {}

  /** What the steps work on. */
  record Work(Remembered remembered, Posting posting, Clock clock) {}

  IncidentSteps(WatchSettings settings, Work work, Cluster cluster, Ending ending) {
    this.settings = settings;
    this.remembered = work.remembered();
    this.posting = work.posting();
    this.clock = work.clock();
    this.cluster = cluster;
    this.ending = ending;
    this.messages = new IncidentMessages(settings.language(), settings.mention());
    this.checking = new Checking(cluster.probes(), cluster.held(), messages, settings.language());
  }

  /** A new round over all incidents. */
  void begin() {
    looksLeft = LOOKS_A_ROUND;
  }

  /** Goes as far as it can be gone now. */
  void advance(Incident incident) {
    remedied(incident);
    if (incident.storm() && incident.post().isEmpty()) {
      if (looksLeft-- > 0) {
        reason(incident);
      }
      end(incident);
      return;
    }
    Optional<Incident> reasoned = reason(incident);
    if (reasoned.isEmpty()) {
      return;
    }
    Incident now = reasoned.get();
    if (!now.told()) {
      if (!now.storm() && !settings.holdsBack(now, clock.instant())) {
        post(now);
      }
      return;
    }
    follow(now);
  }

  private void follow(Incident incident) {
    Post post = incident.post().orElseThrow();
    if (incident.deletedAt().isPresent()) {
      deleted(incident);
      return;
    }
    if (noted.add(incident.id())) {
      cluster.held().begin(incident.id(), post.channel(), post.ts());
    }
    Instant now = clock.instant();
    if (checking.isDue(incident, now)) {
      checking.check(incident, post);
      change(incident, was -> was.checked(now));
    }
    if (headline(incident, post) == Posting.Edited.GONE) {
      change(incident, was -> was.deleted(clock.instant()));
      return;
    }
    if (!incident.storm()) {
      incident.notes().stream().findFirst().ifPresent(note -> send(incident, post, note));
    }
    end(incident);
  }

  /**
   * Whoever deleted its message does not want to read on; of a new sign they want to know. A reply
   * in a storm's thread is not missed: the summary tells of the node.
   */
  private void deleted(Incident incident) {
    if (incident.storm() || incident.signs().isEmpty()) {
      end(incident);
      return;
    }
    cluster.held().end(incident.id());
    if (change(incident, Incident::anew)) {
      shown.remove(incident.id());
      noted.remove(incident.id());
      LOG.atInfo()
          .addKeyValue("node", incident.node())
          .log("its message was deleted and there is a new sign: posting anew");
    }
  }

  /** What was done to the node is remembered here for longer than its Job is kept. */
  private void remedied(Incident incident) {
    if (!incident.ongoing()) {
      return;
    }
    Instant known = incident.remedied().map(Remedied::at).orElse(incident.openedAt());
    for (Remedied deed : cluster.records().remedies().of(incident.node(), known)) {
      change(
          incident,
          was ->
              was.storm() || was.deletedAt().isPresent()
                  ? was.remedied(deed)
                  : was.remedied(deed).noting(deed));
    }
  }

  private Optional<Incident> reason(Incident incident) {
    if (incident.restarts() == 0 || !incident.reason().isEmpty() || !incident.ongoing()) {
      return Optional.of(incident);
    }
    Incident known = cluster.records().reasons().look(incident);
    boolean written =
        change(
            incident,
            was ->
                was.restarts() == incident.restarts()
                    ? merge(was, known)
                    : was); // restarted again meanwhile: look again
    return written ? Optional.of(known) : Optional.empty();
  }

  private static Incident merge(Incident was, Incident known) {
    Incident now = was.because(known.reason());
    if (known.type() == Subject.REBOOT) {
      now = now.asReboot();
    }
    return known.shortage().isPresent() && was.shortage().isEmpty()
        ? now.shortOf(known.shortage().get())
        : now;
  }

  private void post(Incident incident) {
    String channel =
        incident
            .post()
            .map(Post::channel)
            .orElseGet(
                () ->
                    settings.routes().isEmpty()
                        ? settings.channelFor(Map.of())
                        : settings.channelFor(cluster.nodes().labels(incident.node())));
    posting
        .send(
            new Place(channel, Optional.empty(), incident.id()),
            incident.post(),
            () -> messages.first(incident),
            begun -> change(incident, was -> was.posted(begun)))
        .ifPresent(
            posted -> {
              change(incident, was -> was.posted(posted));
              Metrics.timer("pidcheck.incidents.told")
                  .record(Duration.between(incident.openedAt(), clock.instant()));
              LOG.atInfo()
                  .addKeyValue("node", incident.node())
                  .addKeyValue("channel", posted.channel())
                  .log("incident told");
            });
  }

  private void send(Incident incident, Post root, Note note) {
    posting
        .send(
            new Place(root.channel(), Optional.of(root.ts()), incident.id() + "/" + note.number()),
            note.post(),
            () -> messages.note(incident, note),
            begun -> change(incident, was -> was.notePosting(note.number(), begun)))
        .ifPresent(posted -> change(incident, was -> was.noteDone(note.number())));
  }

  /** Edits the headline where it changed. */
  private Posting.Edited headline(Incident incident, Post post) {
    Optional<Message> body = MessageJson.read(cluster.held().body(incident.id()));
    Message message = messages.whole(incident, body);
    int print = message.hashCode();
    if (Integer.valueOf(print).equals(shown.get(incident.id()))) {
      return Posting.Edited.DONE;
    }
    Posting.Edited edited = posting.edit(post, message);
    if (edited == Posting.Edited.DONE) {
      shown.put(incident.id(), print);
    }
    return edited;
  }

  private void end(Incident incident) {
    ending
        .of(incident)
        .ifPresent(
            end ->
                change(
                    incident,
                    was ->
                        was.told()
                                && was.deletedAt().isEmpty()
                                && !was.storm()
                                && was.type() == Subject.TROUBLE
                            ? was.ended(end).noting(Note.Kind.RESOLVED, end.at(), end.remedy())
                            : was.ended(end)));
  }

  /** It is told and over, and old: nobody looks for it any more. */
  void forget(Incident incident) {
    if (incident.told()) {
      cluster.held().end(incident.id());
    }
    shown.remove(incident.id());
    noted.remove(incident.id());
    remembered.change(incident.node(), entry -> entry.without(incident));
  }

  private boolean change(Incident incident, UnaryOperator<Incident> change) {
    return remembered.change(incident.node(), entry -> entry.changing(incident.id(), change));
  }
}
