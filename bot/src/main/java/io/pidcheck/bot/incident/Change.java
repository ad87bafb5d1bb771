package io.pidcheck.bot.incident;

import io.pidcheck.bot.incident.Incident.End;
import io.pidcheck.bot.incident.Incident.Shortage;
import io.pidcheck.bot.incident.Incident.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An incident under change: all is as it was, but what is set here. */
final class Change {

  private final Incident was;
  private Subject type;
  private String set;
  private int restarts;
  private Optional<Instant> firstRestart;
  private Optional<Instant> lastRestart;
  private String reason;
  private Optional<Shortage> shortage;
  private Optional<Post> post;
  private Optional<Instant> deletedAt;
  private boolean storm;
  private Optional<Instant> checkedAt;
  private Optional<Remedied> remedied;
  private int noted;
  private List<Note> notes;
  private Optional<End> end;

  Change(Incident was) {
    this.was = was;
    type = was.type();
    set = was.set();
    restarts = was.restarts();
    firstRestart = was.firstRestart();
    lastRestart = was.lastRestart();
    reason = was.reason();
    shortage = was.shortage();
    post = was.post();
    deletedAt = was.deletedAt();
    storm = was.storm();
    checkedAt = was.checkedAt();
    remedied = was.remedied();
    noted = was.noted();
    notes = was.notes();
    end = was.end();
  }

  Change type(Subject now) {
    type = now;
    return this;
  }

  Change set(String now) {
    set = now;
    return this;
  }

  Change restarts(int now) {
    restarts = now;
    return this;
  }

  Change firstRestart(Optional<Instant> now) {
    firstRestart = now;
    return this;
  }

  Change lastRestart(Optional<Instant> now) {
    lastRestart = now;
    return this;
  }

  Change reason(String now) {
    reason = now;
    return this;
  }

  Change shortage(Optional<Shortage> now) {
    shortage = now;
    return this;
  }

  Change post(Optional<Post> now) {
    post = now;
    return this;
  }

  Change deletedAt(Optional<Instant> now) {
    deletedAt = now;
    return this;
  }

  Change storm(boolean now) {
    storm = now;
    return this;
  }

  Change checkedAt(Optional<Instant> now) {
    checkedAt = now;
    return this;
  }

  Change remedied(Optional<Remedied> now) {
    remedied = now;
    return this;
  }

  Change noted(int now) {
    noted = now;
    return this;
  }

  Change notes(List<Note> now) {
    notes = now;
    return this;
  }

  Change end(Optional<End> now) {
    end = now;
    return this;
  }

  Incident made() {
    return new Incident(
        was.id(),
        was.node(),
        type,
        set,
        was.openedAt(),
        restarts,
        firstRestart,
        lastRestart,
        reason,
        shortage,
        post,
        deletedAt,
        storm,
        checkedAt,
        remedied,
        noted,
        notes,
        end);
  }
}
