package io.pidcheck.bot;

import com.slack.api.Slack;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.chat.Announcements;
import io.pidcheck.bot.chat.Conversation;
import io.pidcheck.bot.chat.Groups;
import io.pidcheck.bot.chat.People;
import io.pidcheck.bot.chat.Uploads;
import io.pidcheck.bot.check.Answers;
import io.pidcheck.bot.check.Check;
import io.pidcheck.bot.check.Details;
import io.pidcheck.bot.check.Headroom;
import io.pidcheck.bot.check.Overview;
import io.pidcheck.bot.check.Readers;
import io.pidcheck.bot.cluster.CheckJob;
import io.pidcheck.bot.cluster.CheckJobs;
import io.pidcheck.bot.cluster.ClusterException;
import io.pidcheck.bot.cluster.DaemonPods;
import io.pidcheck.bot.cluster.HeldMessages;
import io.pidcheck.bot.cluster.JobWatch;
import io.pidcheck.bot.cluster.Leadership;
import io.pidcheck.bot.cluster.Ledger;
import io.pidcheck.bot.cluster.Nodes;
import io.pidcheck.bot.cluster.SecondTry;
import io.pidcheck.bot.cluster.ServerClock;
import io.pidcheck.bot.cluster.SharedFiles;
import io.pidcheck.bot.cluster.Standbys;
import io.pidcheck.bot.cluster.WarningEvents;
import io.pidcheck.bot.cluster.kubelet.Kubelets;
import io.pidcheck.bot.cluster.kubelet.PidPoll;
import io.pidcheck.bot.cluster.kubelet.Survey;
import io.pidcheck.bot.evidence.EvidenceReader;
import io.pidcheck.bot.evidence.FiguresReader;
import io.pidcheck.bot.evidence.ProbeReader;
import io.pidcheck.bot.evidence.Probes;
import io.pidcheck.bot.evidence.ProbesByMeans;
import io.pidcheck.bot.evidence.StandbyReader;
import io.pidcheck.bot.evidence.SurroundingsReader;
import io.pidcheck.bot.health.HealthServer;
import io.pidcheck.bot.message.StatusMessage;
import io.pidcheck.bot.slack.Lists;
import io.pidcheck.bot.slack.RemedyClicks;
import io.pidcheck.bot.slack.SlackApp;
import io.pidcheck.bot.slack.Socket;
import io.pidcheck.bot.watch.CalicoWatch;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service, wired by hand: settings in, a running bot out. It does not know what is local. */
public final class Bot implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Bot.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration SLACK_CALL = Duration.ofSeconds(10);
  // 5,000 kubelets, some of which hang, are to be told of in 10 s
  private static final Duration WHOLE_SURVEY = Duration.ofSeconds(8);
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("look-again").factory());
  private final KubernetesClient kubernetes;
  private final Slack slack;
  private final Slack announcing;
  private final JobWatch<CheckJob> watch;
  private final Leadership leadership;
  private final Standbys standbys;
  private final PidPoll poll;
  private final DaemonPods pods;
  private final Optional<CalicoWatch> calico;
  private final RemedyWing remedies;
  private final Socket socket;
  private final Optional<HealthServer> health;

  private Bot(Settings settings, Clock clock) throws IOException {
    ServerClock server = new ServerClock(clock); // what the cluster has stamped is told by it
    kubernetes = Clients.kubernetes(settings.kubernetes(), server);
    slack = Clients.slack(settings.slack(), SLACK_CALL);
    String namespace = settings.kubernetes().namespace();
    String botToken = settings.slack().botToken();

    HeldMessages held = new HeldMessages(kubernetes, namespace);
    Conversation conversation = new Conversation(slack, botToken, held::keep);
    People people = new People(slack.methods(botToken), settings.language());
    standbys = new Standbys(kubernetes, namespace, settings.standby());
    CheckJobs.Probes by = new CheckJobs.Probes(settings.probe(), standbys);
    CheckJobs jobs = new CheckJobs(kubernetes, namespace, by, server);
    Kubelets kubelets = new Kubelets(kubernetes, settings.kubelet(), clock);
    FiguresReader figures = new FiguresReader(kubernetes, kubelets, threads, server);
    SurroundingsReader surroundings = new SurroundingsReader(kubernetes, figures, server);
    EvidenceReader evidence = new EvidenceReader(surroundings);
    Headroom headroom = new Headroom(evidence, settings.leastFreePids(), standbys::unfit);
    Check check = new Check(conversation, people, new Nodes(kubernetes), jobs, headroom, threads);
    ProbesByMeans.Standing standing =
        new ProbesByMeans.Standing(
            new StandbyReader(kubernetes, namespace, kubelets, server), standbys);
    Probes probes =
        new ProbesByMeans(
            new ProbeReader(kubernetes, namespace, settings.probe().deadline(), server),
            standing,
            headroom::roomForPod,
            server);
    leadership =
        Leadership.standing(kubernetes, namespace, Replica.name(), settings.service().lease());
    remedies =
        new RemedyWing(
            new RemedyWing.Shared(
                kubernetes,
                namespace,
                conversation,
                new RemedyWing.Checking(jobs, probes, standing, evidence),
                leadership,
                server),
            settings,
            new Groups(slack.methods(botToken), clock),
            threads);
    Answers answers =
        new Answers(
            conversation,
            new Readers(probes, evidence),
            new Answers.Tries(jobs, new SecondTry(kubernetes, namespace, settings.probe(), server)),
            new Answers.Around(
                new Details(
                    conversation,
                    new Uploads(slack, botToken),
                    new SharedFiles(kubernetes, namespace)),
                remedies.footer()),
            new Answers.Work(threads, server));

    poll =
        new PidPoll(
            new Nodes(kubernetes), kubelets, settings.pollEvery(), PidPoll.NEARLY_OUT, clock);
    Duration callTakes = settings.service().lease().dividedBy(2);
    announcing = Clients.slack(settings.slack(), callTakes);
    pods = DaemonPods.of(kubernetes, settings.watch().sets());
    Ledger ledger = new Ledger(kubernetes, namespace);
    calico =
        settings
            .watch()
            .channel()
            .map(
                channel ->
                    new CalicoWatch(
                        settings.watch(),
                        new CalicoWatch.Sight(
                            pods,
                            ledger,
                            held,
                            new Nodes(kubernetes),
                            surroundings,
                            jobs,
                            new WarningEvents(kubernetes)),
                        new CalicoWatch.Voice(
                            new Announcements(announcing.methods(botToken)),
                            callTakes,
                            leadership,
                            clock),
                        new CalicoWatch.Signs(
                            new Room(poll, headroom),
                            headroom::answer,
                            remedies.deeds(settings.watch().language())::of,
                            server)));
    calico.ifPresentOrElse(CalicoWatch::start, () -> pods.start(node -> {}));
    calico.ifPresent(watching -> poll.start(new Shortages(watching, server)));
    watch = JobWatch.ofChecks(kubernetes, namespace);
    watch.start(
        job -> {
          if (leadership.leads()) {
            answers.changed(job);
          }
        });
    ScheduledFuture<?> _ =
        timer.scheduleWithFixedDelay(
            () -> lookAgain(answers, jobs),
            LOOK_AGAIN.toMillis(),
            LOOK_AGAIN.toMillis(),
            TimeUnit.MILLISECONDS);
    Overview overview =
        new Overview(
            conversation,
            people,
            new Nodes(kubernetes),
            new Survey(kubelets, poll, WHOLE_SURVEY),
            server);
    Lists lists =
        new Lists(
            pods, () -> status(settings), new Lists.Askers(people, remedies.authority()), threads);
    SlackApp app =
        new SlackApp(
            settings.slack().command(),
            new SlackApp.Talk(conversation, people, remedies.authority()),
            new SlackApp.Desk(check, overview, remedies.record(), lists),
            threads);
    RemedyClicks clicks = new RemedyClicks(remedies.requests(people, check), threads);
    socket = Socket.open(clicks.listen(app.bolt(slack, botToken)), settings.slack().appToken());
    health = health(settings.service());
  }

  /**
   * Starts the bot; it connects to Slack and Kubernetes in the background, for as long as it takes.
   *
   * @throws IOException when Slack's SDK cannot be set up
   */
  public static Bot start(Settings settings) throws IOException {
    return start(settings, Clock.systemUTC());
  }

  /** The same, by that clock. */
  public static Bot start(Settings settings, Clock clock) throws IOException {
    return new Bot(settings, clock);
  }

  private StatusMessage.Status status(Settings settings) {
    Ledger ledger = new Ledger(kubernetes, settings.kubernetes().namespace());
    return new StatusMessage.Status(
        Version.CURRENT,
        leadership.self(),
        leadership.holder(),
        settings.watch().channel(),
        new StatusMessage.Watched(
            pods.all().size(), pods.silence(), open(ledger), standbys.running()));
  }

  private static Optional<Integer> open(Ledger ledger) {
    try {
      return Optional.of(CalicoWatch.open(ledger));
    } catch (ClusterException e) {
      return Optional.empty();
    }
  }

  private Optional<HealthServer> health(Settings.Service service) throws IOException {
    if (service.port().isEmpty()) {
      return Optional.empty();
    }
    Readiness readiness = new Readiness(pods, leadership, service.lease());
    HealthServer server =
        HealthServer.start(service.port().get(), readiness.conditions(socket::alive));
    server.gauge("pidcheck.leader", "1 where this replica leads", () -> leadership.leads() ? 1 : 0);
    server.gauge(
        "pidcheck.watch.silence.seconds",
        "how long nothing has been heard of the watched pods",
        () -> pods.silence().toSeconds());
    server.gauge(
        "pidcheck.announcements.waiting",
        "incidents and lines of threads that are not yet told for certain",
        () -> calico.map(CalicoWatch::waiting).orElse(0));
    return Optional.of(server);
  }

  /** Where /healthz, /readyz and /metrics are; empty where they are not served. */
  public Optional<Integer> healthPort() {
    return health.map(HealthServer::port);
  }

  /** This replica's name among the others. */
  public String replica() {
    return leadership.self();
  }

  /** Done when commands can reach the bot. */
  public CompletableFuture<Void> connected() {
    return socket.connected();
  }

  /** Done when this replica leads and watches; at once where nothing is watched. */
  public CompletableFuture<Void> watching() {
    return calico.map(CalicoWatch::begun).orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  private void lookAgain(Answers answers, CheckJobs jobs) {
    if (!leadership.leads()) {
      return;
    }
    try {
      for (CheckJob job : watch.all()) {
        if (job.reported()) {
          jobs.tidy(job);
        } else {
          answers.changed(job);
        }
      }
      remedies.lookAgain();
    } catch (ClusterException e) {
      LOG.atWarn().log("looking again: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("looking again failed"); // a throw would end the timer
    }
  }

  /** Takes nothing new, and gives what is under way a few seconds. */
  @Override
  public void close() {
    health.ifPresent(HealthServer::close);
    socket.close();
    poll.close();
    calico.ifPresent(CalicoWatch::close);
    pods.close();
    timer.shutdownNow();
    watch.close();
    remedies.close();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(GOODBYE.toSeconds(), TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    leadership.close();
    kubernetes.close();
    try {
      announcing.close();
      slack.close();
    } catch (Exception e) { // AutoCloseable of the SDK declares it
      LOG.atWarn().log("closing the Slack client: {}", e.getMessage());
    }
  }
}
