package io.pidcheck.bot.watch;

import io.pidcheck.bot.cluster.ClusterException;
import io.pidcheck.bot.cluster.Leadership;
import io.pidcheck.bot.incident.Incident;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what the ledger holds, one step at a time: each step is read off what is remembered, so
 * whoever leads next goes on where the last one ended.
 */
final class Telling implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Telling.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
  private static final Duration REMEMBERED = Duration.ofHours(24);

  private final Remembered remembered;
  private final Leadership leadership;
  private final IncidentSteps steps;
  private final Storms storms;
  private final Clock clock;
  private final Semaphore something = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  /** What it works on. */
  record Work(Remembered remembered, Leadership leadership, Clock clock) {}

  Telling(Work work, IncidentSteps steps, Storms storms) {
    this.remembered = work.remembered();
    this.leadership = work.leadership();
    this.clock = work.clock();
    this.steps = steps;
    this.storms = storms;
    this.thread = Thread.ofPlatform().daemon().name("telling").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** There may be something to tell. */
  void wake() {
    something.release();
  }

  /** How many messages and lines are not told yet: many nodes at once are one message. */
  int waiting() {
    int summary = remembered.storm().filter(storm -> !storm.told()).isPresent() ? 1 : 0;
    return summary
        + remembered.entries().values().stream()
            .flatMap(entry -> entry.incidents().stream())
            .filter(incident -> !incident.storm())
            .mapToInt(incident -> (incident.told() ? 0 : 1) + incident.notes().size())
            .sum();
  }

  private void run() {
    while (!closed) {
      try {
        boolean _ = something.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        something.drainPermits();
        if (leadership.leads() && remembered.loaded()) {
          round();
        }
      } catch (InterruptedException e) {
        return;
      } catch (ClusterException e) {
        LOG.atWarn().log("telling goes on soon: {}", e.getMessage());
      } catch (RuntimeException e) {
        LOG.atError().setCause(e).log("telling"); // a throw would end it
      }
    }
  }

  private void round() {
    List<Incident> seen = incidents();
    storms.gather(seen);
    // as they are now: some may be told together. Whichever came meanwhile was not asked whether it
    // may; it has its round
    Set<String> ids = seen.stream().map(Incident::id).collect(Collectors.toSet());
    List<Incident> incidents = incidents().stream().filter(it -> ids.contains(it.id())).toList();
    steps.begin();
    for (Incident incident : incidents) {
      if (closed || !leadership.leads() || !remembered.loaded()) {
        return;
      }
      advance(incident);
    }
    storms.tell(incidents);
  }

  private List<Incident> incidents() {
    return remembered.entries().values().stream()
        .flatMap(entry -> entry.incidents().stream())
        .sorted(Comparator.comparing(Incident::openedAt).thenComparing(Incident::id))
        .toList();
  }

  private void advance(Incident incident) {
    try {
      if (isHistory(incident)) {
        steps.forget(incident);
      } else {
        steps.advance(incident);
      }
    } catch (ClusterException e) {
      LOG.atWarn()
          .addKeyValue("node", incident.node())
          .log("the incident goes on soon: {}", e.getMessage());
    }
  }

  private boolean isHistory(Incident incident) {
    Instant old = clock.instant().minus(REMEMBERED);
    return incident.end().filter(end -> end.at().isBefore(old)).isPresent()
        && (incident.storm() || (incident.told() && incident.notes().isEmpty()));
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
