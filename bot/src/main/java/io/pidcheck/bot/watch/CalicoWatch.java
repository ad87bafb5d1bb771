package io.pidcheck.bot.watch;

import io.pidcheck.bot.chat.Announcements;
import io.pidcheck.bot.cluster.CheckJobs;
import io.pidcheck.bot.cluster.DaemonPods;
import io.pidcheck.bot.cluster.HeldMessages;
import io.pidcheck.bot.cluster.Leadership;
import io.pidcheck.bot.cluster.Ledger;
import io.pidcheck.bot.cluster.Nodes;
import io.pidcheck.bot.cluster.WarningEvents;
import io.pidcheck.bot.evidence.SurroundingsReader;
import io.pidcheck.bot.incident.Incident.Shortage;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The watch as a whole: sees restarts and shortages, and tells them without being asked. Runs on
 * every replica, which all follow the pods; only the one that leads writes and tells.
 */
public final class CalicoWatch implements AutoCloseable {

  private final DaemonPods pods;
  private final HeldMessages held;
  private final Watching watching;
  private final Telling telling;
  private final WarningEvents events;
  private final Refusals refusals;

  /** What it sees and what it remembers. */
  public record Sight(
      DaemonPods pods,
      Ledger ledger,
      HeldMessages held,
      Nodes nodes,
      SurroundingsReader surroundings,
      CheckJobs jobs,
      WarningEvents events) {}

  /**
   * What it speaks with.
   *
   * @param callTakes the longest that a call to Slack can take
   * @param clock our own: how long Slack is given, and waited for
   */
  public record Voice(
      Announcements announcements, Duration callTakes, Leadership leadership, Clock clock) {}

  /**
   * Who else knows of nodes.
   *
   * @param clock the API server's: pods and events have its stamps, and all replicas have it
   */
  public record Signs(PidsNow pids, HeldBack heldBack, RemedyHistory remedies, Clock clock) {}

  public CalicoWatch(WatchSettings settings, Sight sight, Voice voice, Signs signs) {
    this.pods = sight.pods();
    this.held = sight.held();
    this.events = sight.events();
    Clock clock = signs.clock();
    this.refusals = new Refusals(clock);
    Leadership leadership = voice.leadership();
    Remembered remembered = new Remembered(sight.ledger());
    Posting posting =
        new Posting(
            voice.announcements(),
            new Posting.Ground(leadership, new Pace(voice.clock()), voice.clock()),
            voice.callTakes());
    IncidentSteps.Work work = new IncidentSteps.Work(remembered, posting, clock);
    Ending ending =
        new Ending(
            settings.calm(), new Ending.Places(pods::on, sight.nodes()), signs.pids(), clock);
    IncidentSteps steps =
        new IncidentSteps(
            settings,
            work,
            new IncidentSteps.Cluster(
                held,
                new Checking.Probes(sight.jobs(), signs.heldBack()),
                sight.nodes(),
                new IncidentSteps.Records(new Reasons(sight.surroundings()), signs.remedies())),
            ending);
    telling =
        new Telling(
            new Telling.Work(remembered, leadership, clock), steps, new Storms(settings, work));
    watching =
        new Watching(
            remembered,
            new Watching.Pods(() -> pods.synced() && held.synced(), pods::all),
            leadership,
            clock);
  }

  /** Begins; answers at once, also while the API server is away. */
  public void start() {
    held.start(incident -> telling.wake());
    pods.start(
        node -> {
          watching.changed(node);
          telling.wake();
        });
    events.start(warning -> refusals.in(warning).ifPresent(sign -> shortage(warning.node(), sign)));
    watching.start();
    telling.start();
  }

  /** PIDs are short on that node: by the kubelet's figures, or by an event's words. */
  public void shortage(String node, Shortage sign) {
    watching.shortage(node, sign);
    telling.wake();
  }

  /** That node has room again. */
  public void enough(String node) {
    watching.enough(node);
  }

  /** Done when this replica first leads, and sees from then on whatever restarts. */
  public CompletableFuture<Void> begun() {
    return watching.begun();
  }

  /** So many messages and lines are not yet told for certain; 0 where another replica leads. */
  public int waiting() {
    return telling.waiting();
  }

  /** How many incidents are open, by what the cluster remembers. */
  public static int open(Ledger ledger) {
    Remembered remembered = new Remembered(ledger);
    remembered.load();
    return (int)
        remembered.entries().values().stream().filter(entry -> entry.open().isPresent()).count();
  }

  @Override
  public void close() {
    watching.close();
    telling.close();
    events.close();
    held.close();
  }
}
