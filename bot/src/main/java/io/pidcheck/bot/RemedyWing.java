package io.pidcheck.bot;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.Settings.Acting;
import io.pidcheck.bot.chat.Conversation;
import io.pidcheck.bot.chat.Groups;
import io.pidcheck.bot.chat.People;
import io.pidcheck.bot.check.Check;
import io.pidcheck.bot.check.Footer;
import io.pidcheck.bot.cluster.ActNotes;
import io.pidcheck.bot.cluster.CheckJobs;
import io.pidcheck.bot.cluster.JobWatch;
import io.pidcheck.bot.cluster.Leadership;
import io.pidcheck.bot.cluster.NodePods;
import io.pidcheck.bot.cluster.NodeRecord;
import io.pidcheck.bot.cluster.RemedyJob;
import io.pidcheck.bot.cluster.RemedyJobs;
import io.pidcheck.bot.evidence.EvidenceReader;
import io.pidcheck.bot.evidence.ProbeReader;
import io.pidcheck.bot.evidence.Probes;
import io.pidcheck.bot.evidence.ProbesByMeans.Standing;
import io.pidcheck.bot.evidence.RemedyByStandby;
import io.pidcheck.bot.evidence.RemedyReader;
import io.pidcheck.bot.remedy.Aftermath;
import io.pidcheck.bot.remedy.Audit;
import io.pidcheck.bot.remedy.Authority;
import io.pidcheck.bot.remedy.Deeds;
import io.pidcheck.bot.remedy.Offers;
import io.pidcheck.bot.remedy.Remeasure;
import io.pidcheck.bot.remedy.Remedies;
import io.pidcheck.bot.remedy.Requests;
import io.pidcheck.bot.remedy.Telling;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the bot that acts, wired by hand. */
final class RemedyWing implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RemedyWing.class);
  private static final Duration LOST_EVERY = Duration.ofSeconds(10);

  /** What the rest of the bot has already. */
  record Shared(
      KubernetesClient kubernetes,
      String namespace,
      Conversation conversation,
      Checking checking,
      Leadership leadership,
      Clock clock) {}

  /** How nodes are looked at. */
  record Checking(CheckJobs jobs, Probes probes, Standing standing, EvidenceReader evidence) {}

  private final Shared shared;
  private final Acting acting;
  private final Authority authority;
  private final Audit audit;
  private final NodeRecord record;
  private final NodePods pods;
  private final RemedyJobs jobs;
  private final ActNotes notes;
  private final JobWatch<RemedyJob> watch;
  private final Remedies remedies;
  private Instant lostAgainAt = Instant.MIN;

  RemedyWing(Shared shared, Settings settings, Groups groups, Executor threads) {
    this.shared = shared;
    this.acting = settings.acting();
    KubernetesClient kubernetes = shared.kubernetes();
    String namespace = shared.namespace();
    Clock clock = shared.clock();
    authority = new Authority(acting.rights(), groups);
    record = new NodeRecord(kubernetes, namespace, clock);
    audit = new Audit(record, clock);
    pods = new NodePods(kubernetes);
    Standing standing = shared.checking().standing();
    RemedyJobs.Actors by = new RemedyJobs.Actors(acting.pod(), standing.standbys());
    jobs = new RemedyJobs(kubernetes, namespace, by, clock);
    notes = new ActNotes(kubernetes, namespace);
    watch = JobWatch.ofRemedies(kubernetes, namespace);
    ProbeReader acted = new ProbeReader(kubernetes, namespace, acting.pod().deadline(), clock);
    RemedyByStandby byStandby = new RemedyByStandby(standing, acting.pod().deadline(), clock);
    Checking checking = shared.checking();
    Remeasure remeasure = new Remeasure(checking.jobs(), checking.probes(), checking.evidence());
    remedies =
        new Remedies(
            new Remedies.Cluster(
                jobs, notes, new RemedyReader(kubernetes, namespace, acted, byStandby), pods),
            new Aftermath(remeasure, pods, acting.rules(), clock),
            new Telling(shared.conversation(), audit, acting.rules(), watch::all),
            new Remedies.Work(threads, clock));
    warnOfWildcards();
    watch.start(this::changed);
  }

  /** Whoever leads goes on with it; the one that took the click begins in any case. */
  private void changed(RemedyJob job) {
    if (shared.leadership().leads()) {
      remedies.changed(job);
    }
  }

  private void warnOfWildcards() {
    if (acting.rights().act().everyone()) {
      LOG.atWarn().log("rights.act is *: EVERYBODY in the workspace may kill processes on nodes");
    }
    acting
        .rights()
        .actIn()
        .forEach(
            (namespace, names) -> {
              if (names.everyone()) {
                LOG.atWarn()
                    .addKeyValue("namespace", namespace)
                    .log("rights.actIn is *: EVERYBODY may kill its pods' processes");
              }
            });
    if (acting.rules().dryRun()) {
      LOG.atWarn().log("remedy.dryRun: nothing will be done");
    }
  }

  Authority authority() {
    return authority;
  }

  NodeRecord record() {
    return record;
  }

  Deeds deeds(Locale language) {
    return new Deeds(watch::all, language);
  }

  Footer footer() {
    return new Offers(shared.checking().jobs(), acting.rules(), watch::all);
  }

  Requests requests(People people, Check check) {
    return new Requests(
        new Requests.Cluster(jobs, shared.checking().jobs(), pods),
        new Requests.Talk(shared.conversation(), people, authority, check),
        new Requests.Course(remedies, audit, acting.rules(), shared.clock()));
  }

  /**
   * @throws io.pidcheck.bot.cluster.ClusterException when the API server cannot be asked
   */
  void lookAgain() {
    for (RemedyJob job : watch.all()) {
      if (job.reported()) {
        jobs.tidy(job);
      } else {
        changed(job);
      }
    }
    lookForLost();
  }

  private void lookForLost() {
    Instant now = shared.clock().instant();
    if (now.isBefore(lostAgainAt)) {
      return;
    }
    lostAgainAt = now.plus(LOST_EVERY);
    Set<String> present = watch.all().stream().map(RemedyJob::name).collect(Collectors.toSet());
    notes.lost(present).forEach(this::changed);
  }

  @Override
  public void close() {
    watch.close();
  }
}
